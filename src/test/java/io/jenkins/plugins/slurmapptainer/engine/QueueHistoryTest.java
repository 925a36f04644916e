package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.QueueHistory.Span;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is remembered of a job's time in the queue. */
class QueueHistoryTest {
    @Test
    void onlyChangesCount() {
        QueueHistory history = QueueHistory.NONE
                .waitsFor("Priority", 1_000)
                .waitsFor("Priority", 2_000)
                .waitsFor("Resources", 3_000)
                .runs(4_000)
                .runs(4_000);
        assertEquals(
                List.of(new Span(1_000, "Priority"), new Span(3_000, "Resources"), new Span(4_000, "")),
                history.spans());
        assertTrue(history.spans().get(2).isRun());
    }

    @Test
    void aReasonMayBeMissingOrHaveSeveralWordsAndLines() {
        assertEquals(
                List.of(
                        new Span(1_000, "None"),
                        new Span(2_000, "ReqNodeNotAvail"),
                        new Span(3_000, "Nodes required for job are DOWN, DRAINED or reserved")),
                QueueHistory.NONE
                        .waitsFor("", 1_000)
                        .waitsFor("ReqNodeNotAvail, UnavailableNodes:n[1-2]", 2_000)
                        .waitsFor("ReqNodeNotAvail, UnavailableNodes:n[1-3]", 2_500)
                        .waitsFor("Nodes required for job are DOWN, DRAINED\nor reserved", 3_000)
                        .spans());
        String longest =
                QueueHistory.NONE.waitsFor("x".repeat(1_000), 1).spans().get(0).reason();
        assertEquals(QueueHistory.LONGEST, longest.length());
    }

    @Test
    void aWaitAfterARunIsAlwaysKept() {
        QueueHistory history = QueueHistory.NONE;
        for (int i = 0; i < 30; i++) {
            history = history.waitsFor("reason " + i, i * 2_000L);
        }
        history = history.runs(90_000).waitsFor("BeginTime", 95_000);
        List<Span> spans = history.spans();
        assertEquals(new Span(95_000, "BeginTime"), spans.get(spans.size() - 1));
    }

    /** A job may wait for weeks, for one thing after the other. */
    @Test
    void thereIsAMostThatIsKept() {
        QueueHistory history = QueueHistory.NONE;
        for (int i = 0; i < 1_000; i++) {
            history = history.waitsFor("reason " + i, i * 2_000L);
        }
        history = history.runs(5_000_000);
        List<Span> spans = history.spans();
        assertEquals(QueueHistory.MOST + 1, spans.size());
        assertEquals(new Span(5_000_000, ""), spans.get(QueueHistory.MOST));
    }

    /** A job that others preempt again and again, for weeks. */
    @Test
    void manyStartsAreForgottenButForTheLast() {
        QueueHistory history = QueueHistory.NONE;
        for (int i = 0; i < 1_000; i++) {
            history = history.waitsFor("BeginTime", i * 20_000L).runs(i * 20_000L + 10_000);
        }
        List<Span> spans = history.spans();
        assertTrue(spans.size() <= 2 * QueueHistory.MOST, spans::toString);
        assertEquals(new Span(0, "BeginTime"), spans.get(0));
        assertEquals(new Span(999 * 20_000L + 10_000, ""), spans.get(spans.size() - 1));
        for (int i = 1; i < spans.size(); i++) {
            assertTrue(spans.get(i).isRun() != spans.get(i - 1).isRun(), spans::toString);
        }
    }
}
