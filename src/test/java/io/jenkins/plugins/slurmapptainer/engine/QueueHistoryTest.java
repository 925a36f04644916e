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
                List.of(new Span(1, "None"), new Span(2, "(Nodes are DOWN, and more)")),
                QueueHistory.NONE
                        .waitsFor("", 1)
                        .waitsFor("(Nodes are DOWN,\nand more)", 2)
                        .spans());
    }

    /** A job may wait for weeks, for one thing after the other. */
    @Test
    void thereIsAMostThatIsKept() {
        QueueHistory history = QueueHistory.NONE;
        for (int i = 0; i < 1_000; i++) {
            history = history.waitsFor("reason " + i, i);
        }
        history = history.runs(5_000);
        List<Span> spans = history.spans();
        assertEquals(QueueHistory.MOST + 1, spans.size());
        assertEquals(new Span(5_000, ""), spans.get(QueueHistory.MOST));
    }
}
