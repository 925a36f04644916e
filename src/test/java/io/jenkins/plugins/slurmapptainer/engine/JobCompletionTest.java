package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Outputs come before the end is told. */
class JobCompletionTest {
    private static final CollectAnswer TWO = CollectAnswer.of(List.of("a", "b/c"), 7, List.of());

    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode node = fixture.node;
    private final JobRecord record = EngineFixture.record();

    @AfterEach
    void close() {
        fixture.close();
    }

    private RecordingClient begin() {
        return fixture.begin(record, EngineFixture.planWithOutputs("a, b/**"));
    }

    @Test
    void outputsAreCopiedBeforeTheEndIsReported() throws Exception {
        node.outputs = TWO;
        node.succeeds(record, "12");
        RecordingClient client = begin().await();
        assertEquals(Outcome.success(), client.outcome());
        assertEquals(1, node.count("fetch [a, b/**]"));
        assertTrue(
                client.lines().contains("Outputs in the workspace: 2 files, 7 bytes"),
                client.lines().toString());
        client.until(() -> node.count("collect") == 1);
        assertEquals("stage submit fetch collect", node.operations());
    }

    @Test
    void aJobWithoutItsOutputsDoesNotSucceed() throws Exception {
        node.outputs = CollectAnswer.of(List.of(), 0, List.of("'a' matches no file in /w"));
        node.succeeds(record, "12");
        RecordingClient client = begin().await();
        assertEquals(Outcome.Kind.OUTPUT_MISSING, client.outcome().kind());
        assertTrue(OutcomeText.of(record).contains("'a' matches no file in /w"), OutcomeText.of(record));
        client.until(() -> node.count("collect keep") == 1);
    }

    @Test
    void aFailureOnAFullDiskSaysSoWithNumbers() throws Exception {
        node.space = "no space left: 0 bytes of 10.0 GB are free on /s";
        RecordingClient client = fixture.begin(record);
        node.started(record, "12", 0);
        node.exits(record, "12", 0, 3, false);
        assertEquals(
                Outcome.ofExitCode(3).withDetail(node.space), client.await().outcome());
        assertEquals(
                "Job 12 failed with exit code 3 (no space left: 0 bytes of 10.0 GB are free on /s)",
                OutcomeText.of(record));
    }

    @Test
    void aHeadNodeThatCannotTellTheSpaceDoesNotDelayTheEnd() throws Exception {
        node.fail("space", 1);
        RecordingClient client = fixture.begin(record);
        node.started(record, "12", 0);
        node.exits(record, "12", 0, 3, false);
        assertEquals(Outcome.ofExitCode(3), client.await().outcome());
        assertEquals(1, node.count("space"));
    }

    @Test
    void aFailureStaysWhatItIs() throws Exception {
        node.outputs = CollectAnswer.of(List.of("a"), 1, List.of("'b/**' matches no file in /w"))
                .withMissing(List.of("b/**"));
        RecordingClient client = begin();
        node.started(record, "12", 0);
        node.exits(record, "12", 0, 3, false);
        assertEquals(Outcome.ofExitCode(3), client.await().outcome());
        assertTrue(
                client.lines().contains("Outputs: 'b/**' matches no file in /w"),
                client.lines().toString());
        assertEquals("b/**", record.files().missing());
    }

    @Test
    void outputsAreWaitedForWhileTheHeadNodeIsAway() throws Exception {
        node.outputs = TWO;
        node.fail("fetch", 2).succeeds(record, "12");
        RecordingClient client = begin().await();
        assertEquals(Outcome.success(), client.outcome());
        assertEquals(3, node.count("fetch"));
    }

    @Test
    void outputsAreNotWaitedForForEver() throws Exception {
        EngineFixture impatient = new EngineFixture(new EngineSettings(
                Duration.ofMillis(50), Duration.ofMinutes(10), Duration.ZERO, Duration.ofSeconds(1)));
        RecordingClient client;
        try {
            impatient.node.fail("fetch", 1_000_000).succeeds(record, "12");
            client = impatient
                    .begin(record, EngineFixture.planWithOutputs("a, b/**"))
                    .await();
        } finally {
            impatient.close();
        }
        assertEquals(Outcome.Kind.OUTPUT_MISSING, client.outcome().kind());
        assertTrue(
                client.outcome().detail().matches("outputs: not copied, tried for 00:00:0.: the agent is offline; .*"),
                client.outcome().detail());
        assertTrue(
                client.lines()
                        .contains(
                                "Cannot copy the outputs now, will try again for up to 00:00:01: the agent is offline"),
                client.lines().toString());
        assertEquals("a\nb/**", record.files().missing());
    }

    @Test
    void allProblemsAreNamedAndTheGoodFilesKept() throws Exception {
        node.outputs = CollectAnswer.of(
                List.of("a"), 1, List.of("'b/1' is a socket, no file", "'b/2' is bad", "3", "4", "5", "6", "7"));
        node.succeeds(record, "12");
        List<String> kept = new CopyOnWriteArrayList<>();
        DelegatingClient client = new DelegatingClient(new RecordingClient(EngineFixture.planWithOutputs("a, b/**"))) {
            @Override
            public void collected(List<String> files) {
                kept.addAll(files);
            }
        };
        fixture.run(record, client).begin();
        assertEquals(
                "outputs: 'b/1' is a socket, no file; 'b/2' is bad; 3; 4; 5; and 2 more, see above",
                client.recording().await().outcome().detail());
        assertEquals(List.of("a"), kept);
    }

    @Test
    void outputsAreNotWaitedForIfTheBuildWasStopped() throws Exception {
        RecordingClient client = begin();
        client.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        node.fail("fetch", 1_000);
        node.on("cancel", () -> node.lists("12", io.jenkins.plugins.slurmapptainer.job.JobState.CANCELLED, ""));
        client.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, client.await().outcome().kind());
        assertEquals(1, node.count("fetch"));
    }

    @Test
    void aRejectedJobHasNoOutputs() throws Exception {
        node.submitAnswers(SubmitAnswer.rejected("Invalid partition name specified"));
        assertEquals(Outcome.Kind.SUBMIT_REJECTED, begin().await().outcome().kind());
        assertEquals(0, node.count("fetch"));
    }

    @Test
    void outputsThatCannotBeKeptAreMissing() throws Exception {
        node.outputs = TWO;
        node.succeeds(record, "12");
        List<String> kept = new CopyOnWriteArrayList<>();
        DelegatingClient client = new DelegatingClient(new RecordingClient(EngineFixture.planWithOutputs("a"))) {
            @Override
            public void collected(List<String> files) throws IOException {
                kept.addAll(files);
                throw new IOException("no space for artifacts");
            }
        };
        fixture.run(record, client).begin();
        Outcome outcome = client.recording().await().outcome();
        assertEquals(List.of("a", "b/c"), kept);
        assertEquals(Outcome.Kind.OUTPUT_MISSING, outcome.kind());
        assertTrue(outcome.detail().contains("no space for artifacts"), outcome.detail());
    }
}
