package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.cluster.DelegatingHost;
import io.jenkins.plugins.slurmapptainer.cluster.RecordingHost;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process that followed the job is gone; another one carries on from the record. */
class JobRunResumeTest {
    private final EngineBench bench = new EngineBench();
    private final FakeHeadNode node = bench.node;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whilePreparingEverythingIsDoneAgain() throws Exception {
        JobRecord record = EngineBench.record();
        node.succeeds(record, "12");
        bench.begin(record).await().until(() -> node.count("collect") == 1);
        assertEquals("stage submit collect", node.operations());
    }

    @Test
    void whileSubmittingTheEarlierSubmissionIsLookedForAndNothingIsStaged() throws Exception {
        JobRecord record = EngineBench.submitting();
        node.submitAnswers(SubmitAnswer.submitted("12"));
        node.succeeds(record, "12");
        RecordingHost host = bench.begin(record).await();
        host.until(() -> node.count("collect") == 1);
        assertEquals(Outcome.Kind.SUCCESS, host.outcome().kind());
        assertEquals("submit collect", node.operations());
        assertEquals(0, node.count("submit script"), "the script of the earlier process counts");
    }

    @Test
    void whileSubmittingWithoutAScriptThereEverythingIsDoneAgain() throws Exception {
        JobRecord record = EngineBench.submitting();
        node.succeeds(record, "12");
        bench.begin(record).await().until(() -> node.count("collect") == 1);
        assertEquals("submit stage submit collect", node.operations());
        assertEquals(1, node.count("submit script"));
    }

    @Test
    void onceSubmittedTheJobIsOnlyFollowedFromWhereTheOutputWas() throws Exception {
        JobRecord record = EngineBench.submitted("12");
        node.succeeds(record, "12");
        record.shown(3);
        record.attemptStarted(0, "n1", 1);
        RecordingHost host = bench.begin(record).await();
        assertEquals("lo\n", host.output());
        assertEquals(List.of(), host.lines());
        assertEquals(0, node.count("submit") + node.count("stage"));
    }

    @Test
    void aCancelledJobIsNotSubmittedOnlyToBeCancelled() throws Exception {
        JobRecord record = EngineBench.submitting();
        record.cancelling();
        RecordingHost host = bench.begin(record).await();
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind());
        host.until(() -> node.count("collect") == 1);
        assertEquals("submit collect", node.operations());
        assertEquals(1, node.count("submit look"));
    }

    @Test
    void theHostKnowsBetterThanTheRecordWhatHasBeenShown() throws Exception {
        JobRecord record = EngineBench.submitted("12");
        node.succeeds(record, "12");
        RecordingHost host = bench.host(record);
        JobRun run = bench.run(record, new DelegatingHost(host) {
            @Override
            public long savedOffset(long recorded) {
                return recorded + 3;
            }
        });
        run.begin();
        assertEquals("lo\n", host.await().output());
    }

    @Test
    void onceEndedTheOutcomeIsToldAgainAndSlurmIsLeftAlone() throws Exception {
        JobRecord record = EngineBench.submitted("12");
        record.ended(Outcome.ofExitCode(3), 1);
        RecordingHost host = bench.begin(record).await();
        assertEquals(Outcome.ofExitCode(3), host.outcome());
        host.until(() -> node.count("collect") == 1);
        assertEquals("collect", node.operations());
    }

    @Test
    void aCancellationThatWasNotSentIsSentNow() throws Exception {
        JobRecord record = EngineBench.submitted("12");
        record.cancelling();
        node.on("cancel", () -> node.lists("12", io.jenkins.plugins.slurmapptainer.job.JobState.CANCELLED, ""));
        assertEquals(
                Outcome.Kind.CANCELLED, bench.begin(record).await().outcome().kind());
        assertEquals(1, node.count("cancel 12") - node.count("cancel 12 hard"));
    }
}
