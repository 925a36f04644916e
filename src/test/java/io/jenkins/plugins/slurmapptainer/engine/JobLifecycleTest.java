package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From the request to the end, through every trouble on the way. */
class JobLifecycleTest {
    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode node = fixture.node;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aJobIsStagedSubmittedFollowedAndCleanedUp() throws Exception {
        JobRecord record = EngineFixture.record();
        node.succeeds(record, "12");
        RecordingClient client = fixture.begin(record).await();
        assertEquals(Outcome.Kind.SUCCESS, client.outcome().kind());
        assertEquals("hello\n", client.output());
        assertEquals(JobRecord.Phase.ENDED, record.phase());
        client.until(() -> node.count("collect") == 1);
        assertEquals("stage submit collect", node.operations());
        assertEquals(
                List.of(
                        "Submitted batch job 12 to cluster real",
                        "Job 12 submitted (no Apptainer)",
                        "Job 12 is running on n1"),
                client.lines());
        assertEquals(1, client.ends());
    }

    /** Otherwise a crash in between would leave a job that nobody knows. */
    @Test
    void theRecordIsSavedBeforeSlurmIsAsked() throws Exception {
        // The start of the job may have it saved once more.
        Set<String> order = Collections.synchronizedSet(new LinkedHashSet<>());
        JobRecord record = EngineFixture.record();
        node.on("submit", () -> order.add("submit"));
        node.succeeds(record, "12");
        DelegatingClient client = new DelegatingClient(new RecordingClient(EngineFixture.plan())) {
            @Override
            public void save() {
                order.add("save " + record.phase());
            }
        };
        fixture.run(record, client).begin();
        client.recording().await();
        assertEquals(List.of("save SUBMITTING", "submit", "save SUBMITTED", "save ENDED"), List.copyOf(order));
    }

    @Test
    void whenTheRecordCannotBeSavedNothingIsSubmitted() throws Exception {
        JobRecord record = EngineFixture.record();
        node.succeeds(record, "12");
        List<String> order = new CopyOnWriteArrayList<>();
        node.on("submit", () -> order.add("submit " + node.count("submit script")));
        DelegatingClient client = new DelegatingClient(new RecordingClient(EngineFixture.plan())) {
            @Override
            public void save() throws IOException {
                boolean fails = order.stream().filter("not saved"::equals).count() < 2;
                order.add(fails ? "not saved" : "saved");
                if (fails) {
                    throw new IOException("disk full");
                }
            }
        };
        fixture.run(record, client).begin();
        assertEquals(Outcome.Kind.SUCCESS, client.recording().await().outcome().kind());
        assertEquals(
                List.of("not saved", "submit 0", "not saved", "submit 0", "saved", "submit 1", "saved"),
                order.subList(0, 7));
    }

    @Test
    void anImpossibleRequestNeverReachesTheHeadNode() throws Exception {
        InvalidRequestException wrong = new InvalidRequestException("image", "there is none");
        DelegatingClient client = new DelegatingClient(new RecordingClient(EngineFixture.plan())) {
            @Override
            public JobPlan plan() {
                throw wrong;
            }
        };
        fixture.run(EngineFixture.record(), client).begin();
        assertEquals(wrong, client.recording().await().failure());
        assertNull(client.recording().outcome());
        assertEquals("", node.operations());
    }

    @Test
    void theNumberOfUploadedFilesIsShownEvenAfterARefusal() throws Exception {
        node.exports("INPUT_A", "INPUT_B");
        node.submitAnswers(SubmitAnswer.notNow("standby"), SubmitAnswer.submitted("12"));
        JobRecord record = EngineFixture.record();
        node.succeeds(record, "12");
        RecordingClient client = fixture.begin(record).await();
        assertTrue(
                client.lines().contains("With 2 environment variables for uploaded files"),
                client.lines().toString());
    }

    @Test
    void aRejectedJobEndsWithSlurmsWords() throws Exception {
        node.submitAnswers(SubmitAnswer.rejected("Invalid partition name specified"));
        RecordingClient client = fixture.begin(EngineFixture.record()).await();
        assertEquals(
                Outcome.of(Outcome.Kind.SUBMIT_REJECTED, "sbatch: Invalid partition name specified"), client.outcome());
        client.until(() -> node.count("collect keep") == 1);
        assertEquals(0, node.count("observe"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aJobThatSlurmCannotTakeNowIsTriedAgainAndReportedOnce(boolean unclear) throws Exception {
        SubmitAnswer answer = unclear ? SubmitAnswer.unclear("no answer") : SubmitAnswer.notNow("no answer");
        node.submitAnswers(answer, answer, answer, SubmitAnswer.submitted("12"));
        JobRecord record = EngineFixture.record();
        node.succeeds(record, "12");
        RecordingClient client = fixture.begin(record).await();
        assertEquals(Outcome.Kind.SUCCESS, client.outcome().kind());
        assertEquals("stage submit submit submit submit", node.operations().substring(0, 33));
        assertEquals(
                "Cannot submit now, will try again for up to 00:10:00: no answer",
                client.lines().get(0));
        assertEquals(
                1,
                client.lines().stream()
                        .filter(line -> line.startsWith("Cannot"))
                        .count());
    }

    @ParameterizedTest
    @CsvSource({"true,UNKNOWN", "false,NOT_SUBMITTED"})
    void aJobThatSlurmCannotTakeIsNotTriedForEver(boolean unclear, Outcome.Kind kind) throws Exception {
        try (EngineFixture impatient =
                new EngineFixture(new EngineSettings(java.time.Duration.ofMillis(50), java.time.Duration.ZERO))) {
            impatient.node.submitAnswers(
                    unclear ? SubmitAnswer.unclear("no answer") : SubmitAnswer.notNow("no answer"));
            RecordingClient client = impatient.begin(EngineFixture.record()).await();
            assertEquals(kind, client.outcome().kind());
            assertTrue(
                    client.outcome().detail().endsWith("sbatch: no answer"),
                    client.outcome().detail());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stage", "submit", "observe", "collect"})
    void aHeadNodeThatCannotBeAskedSaysNothingAboutTheJob(String operation) throws Exception {
        JobRecord record = EngineFixture.record();
        node.fail(operation, 1).succeeds(record, "12");
        RecordingClient client = fixture.begin(record).await();
        assertEquals(Outcome.Kind.SUCCESS, client.outcome().kind());
        assertEquals("hello\n", client.output());
        assertEquals(1, node.scripts());
    }

    @Test
    void withoutAHeadNodeTheJobWaitsForOne() throws Exception {
        fixture.online(false);
        JobRecord record = EngineFixture.record();
        node.succeeds(record, "12");
        RecordingClient client = fixture.begin(record);
        client.until(() -> client.lines().contains("Cannot submit now, will try again: no head node is online"));
        fixture.online(true);
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
    }

    @Test
    void aSilentSqueueIsReportedOnceAndNeverFailsTheJob() throws Exception {
        JobRecord record = EngineFixture.record();
        node.queueFails("slurm_load_jobs error: Unable to contact slurm controller");
        RecordingClient client = fixture.begin(record);
        client.until(() -> node.count("observe squeue") >= 3);
        node.queueFails("");
        client.until(() -> client.lines().contains("Job 12 can be asked about again"));
        node.succeeds(record, "12");
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
        assertEquals(
                1,
                client.lines().stream()
                        .filter(line -> line.startsWith("No answer about job 12"))
                        .count());
    }

    @Test
    void aSignalledEndIsDecidedBySlurm() throws Exception {
        JobRecord record = EngineFixture.record();
        RecordingClient client = fixture.begin(record);
        node.started(record, "12", 0);
        client.until(() -> record.startedAttempt() == 0);
        node.lists("12", JobState.TIMEOUT, "TimeLimit");
        node.exits(record, "12", 0, 143, true);
        assertEquals(Outcome.Kind.TIME_LIMIT, client.await().outcome().kind());
    }
}
