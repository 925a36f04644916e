package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DryRunTest {
    private static final String WORDS =
            "sbatch: Job 12 to start at 2026-01-31T12:00:00 using 1 processors on nodes n1 in partition group1";

    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode node = fixture.node;
    private final JobRecord record = EngineFixture.record();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aDryRunShowsTheScriptAndSlurmsAnswer() throws Exception {
        node.submitAnswers(SubmitAnswer.checked(WORDS));
        RecordingClient client = fixture.begin(record, EngineFixture.dryRun()).await();
        assertEquals(Outcome.success(), client.outcome());
        assertTrue(client.output().startsWith("#!/bin/bash"), client.output());
        assertTrue(client.lines().contains(WORDS), client.lines().toString());
        assertEquals("2026-01-31T12:00:00", record.expectedStart());
        assertEquals("", record.jobId());
        assertEquals("The job would be accepted; nothing was submitted", OutcomeText.of(record));
        assertEquals(1, node.count("submit"));
        assertEquals(0, node.count("observe"));
    }

    @Test
    void aJobThatSlurmRefusesFails() throws Exception {
        node.submitAnswers(SubmitAnswer.rejected("Invalid partition name specified"));
        RecordingClient client = fixture.begin(record, EngineFixture.dryRun()).await();
        assertEquals(Outcome.Kind.SUBMIT_REJECTED, client.outcome().kind());
        assertTrue(OutcomeText.of(record).contains("Invalid partition name"), OutcomeText.of(record));
    }

    @Test
    void aSlurmThatIsAwayIsAskedAgain() throws Exception {
        node.submitAnswers(SubmitAnswer.notNow("standby"), SubmitAnswer.checked(WORDS));
        assertEquals(
                Outcome.success(),
                fixture.begin(record, EngineFixture.dryRun()).await().outcome());
    }
}
