package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.cluster.RecordingHost;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final String WORDS =
            "sbatch: Job 12 to start at 2026-01-31T12:00:00 using 1 processors on nodes n1 in partition group1";

    private final EngineFixture bench = new EngineFixture();
    private final FakeHeadNode node = bench.node;
    private final JobRecord record = EngineFixture.record();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void showsTheScriptAndWhatSlurmSays() throws Exception {
        node.submitAnswers(SubmitAnswer.checked(WORDS));
        RecordingHost host = bench.begin(record, EngineFixture.dryRun()).await();
        assertEquals(Outcome.success(), host.outcome());
        assertTrue(host.output().startsWith("#!/bin/bash"), host.output());
        assertTrue(host.lines().contains(WORDS), host.lines().toString());
        assertEquals("2026-01-31T12:00:00", record.expectedStart());
        assertEquals("", record.jobId());
        assertEquals("The job would be accepted; nothing was submitted", OutcomeText.of(record));
        assertEquals(1, node.count("submit"));
        assertEquals(0, node.count("observe"));
    }

    @Test
    void whatSlurmRefusesFails() throws Exception {
        node.submitAnswers(SubmitAnswer.rejected("Invalid partition name specified"));
        RecordingHost host = bench.begin(record, EngineFixture.dryRun()).await();
        assertEquals(Outcome.Kind.SUBMIT_REJECTED, host.outcome().kind());
        assertTrue(OutcomeText.of(record).contains("Invalid partition name"), OutcomeText.of(record));
    }

    @Test
    void aSlurmThatIsAwayIsAskedAgain() throws Exception {
        node.submitAnswers(SubmitAnswer.notNow("standby"), SubmitAnswer.checked(WORDS));
        assertEquals(
                Outcome.success(),
                bench.begin(record, EngineFixture.dryRun()).await().outcome());
    }
}
