package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The process that followed the job is gone; another one carries on from the record. */
class JobLifecycleResumeTest {
    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode node = fixture.node;

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void afterAStopWhilePreparingEverythingIsDoneAgain() throws Exception {
        JobRecord record = EngineFixture.record();
        node.succeeds(record, "12");
        fixture.begin(record).await().until(() -> node.count("collect") == 1);
        assertEquals("stage submit collect", node.operations());
    }

    @Test
    void afterAStopWhileSubmittingTheEarlierSubmissionIsLookedFor() throws Exception {
        JobRecord record = EngineFixture.submitting();
        node.submitAnswers(SubmitAnswer.submitted("12"));
        node.succeeds(record, "12");
        RecordingClient client = fixture.begin(record).await();
        client.until(() -> node.count("collect") == 1);
        assertEquals(Outcome.Kind.SUCCESS, client.outcome().kind());
        assertEquals("submit collect", node.operations());
        assertEquals(0, node.count("submit script"), "the script of the earlier process counts");
    }

    @Test
    void afterAStopBeforeTheScriptWasWrittenEverythingIsDoneAgain() throws Exception {
        JobRecord record = EngineFixture.submitting();
        node.succeeds(record, "12");
        fixture.begin(record).await().until(() -> node.count("collect") == 1);
        assertEquals("submit stage submit collect", node.operations());
        assertEquals(1, node.count("submit script"));
    }

    @Test
    void aSubmittedJobIsOnlyTrackedAndItsOutputContinues() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        node.succeeds(record, "12");
        record.shown(3);
        record.attemptStarted(0, "n1", 1);
        RecordingClient client = fixture.begin(record).await();
        assertEquals("lo\n", client.output());
        assertEquals(List.of(), client.lines());
        assertEquals(0, node.count("submit") + node.count("stage"));
    }

    @Test
    void aCancelledJobIsNotSubmittedOnlyToBeCancelled() throws Exception {
        JobRecord record = EngineFixture.submitting();
        record.cancelling();
        RecordingClient client = fixture.begin(record).await();
        assertEquals(Outcome.Kind.CANCELLED, client.outcome().kind());
        client.until(() -> node.count("collect") == 1);
        assertEquals("submit collect", node.operations());
        assertEquals(1, node.count("submit look"));
    }

    @Test
    void theConsolesOffsetWinsOverTheRecords() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        node.succeeds(record, "12");
        RecordingClient client = fixture.client(record);
        JobLifecycle run = fixture.run(record, new DelegatingClient(client) {
            @Override
            public long savedOffset(long recorded) {
                return recorded + 3;
            }
        });
        run.begin();
        assertEquals("lo\n", client.await().output());
    }

    @Test
    void theOutcomeOfAnEndedJobIsReportedAgainWithoutSlurm() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        record.ended(Outcome.ofExitCode(3), 1);
        RecordingClient client = fixture.begin(record).await();
        assertEquals(Outcome.ofExitCode(3), client.outcome());
        client.until(() -> node.count("collect") == 1);
        assertEquals("collect", node.operations());
    }

    @Test
    void aCancellationThatWasNotSentIsSentNow() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        record.cancelling();
        node.on("cancel", () -> node.lists("12", JobState.CANCELLED, ""));
        assertEquals(
                Outcome.Kind.CANCELLED, fixture.begin(record).await().outcome().kind());
        assertEquals(1, node.count("cancel 12") - node.count("cancel 12 hard"));
    }

    private static final EngineSettings LIMITED =
            new EngineSettings(Duration.ofMillis(50), Duration.ofSeconds(2), Duration.ofSeconds(2));

    /** The same record after a crash: what was saved last. */
    private static JobRecord savedLast(List<JobRecord> saves) {
        return saves.get(saves.size() - 1);
    }

    private static JobRecord copy(JobRecord record) throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(record);
        }
        return (JobRecord) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    private static DelegatingClient saving(List<JobRecord> saves, JobRecord record) {
        return new DelegatingClient(new RecordingClient(EngineFixture.plan())) {
            @Override
            public void save() throws IOException {
                try {
                    saves.add(copy(record));
                } catch (Exception e) {
                    throw new IOException(e);
                }
            }
        };
    }

    /** A controller that restarts every nine minutes would try for ever. */
    @Test
    void theTimeOfRefusedSubmissionsSurvivesTheController() throws Exception {
        List<JobRecord> saves = new CopyOnWriteArrayList<>();
        JobRecord record = EngineFixture.record();
        node.submitAnswers(SubmitAnswer.notNow("standby"));
        DelegatingClient client = saving(saves, record);
        fixture.run(record, client).begin();
        client.recording().until(() -> node.count("submit") >= 2);
        JobRecord next = savedLast(saves);
        assertTrue(next.refused(System.currentTimeMillis() + 5_000) >= 5_000, "it is saved");
        try (EngineFixture later = new EngineFixture(LIMITED)) {
            JobRecord tried = EngineFixture.submitting();
            tried.refused(System.currentTimeMillis() - 60_000);
            later.node.submitAnswers(SubmitAnswer.notNow("standby"));
            RecordingClient told = later.begin(tried).await();
            assertEquals(Outcome.Kind.NOT_SUBMITTED, told.outcome().kind());
            assertTrue(
                    told.outcome().detail().matches("tried for 6[0-2] s; sbatch: standby"),
                    told.outcome().detail());
            assertTrue(later.node.count("submit") >= 2, "this process tries, too, before it gives up");
        }
    }

    @Test
    void theTimeWithoutAnswersSurvivesTheController() throws Exception {
        List<String> givenUp = new CopyOnWriteArrayList<>();
        List<JobRecord> saves = new CopyOnWriteArrayList<>();
        try (EngineFixture limited = new EngineFixture(LIMITED)) {
            JobRecord record = EngineFixture.submitted("12");
            DelegatingClient client = saving(saves, record);
            limited.node.queueFails("Unable to contact slurm controller");
            limited.run(record, client).begin();
            client.recording().until(() -> !saves.isEmpty());
            assertTrue(savedLast(saves).silent(System.currentTimeMillis() + 5_000) >= 5_000, "it is saved");
            int before = saves.size();
            limited.node.queueFails("");
            limited.node.lists("12", JobState.RUNNING, "None");
            client.recording().until(() -> saves.size() > before);
            assertEquals(0, savedLast(saves).silent(System.currentTimeMillis()), "the end of the silence, too");
        }
        try (EngineFixture limited = new EngineFixture(LIMITED)) {
            JobRecord record = EngineFixture.submitted("12");
            record.silent(System.currentTimeMillis() - 60_000);
            DelegatingClient client = new DelegatingClient(new RecordingClient(EngineFixture.plan())) {
                @Override
                public void givenUp(String why) {
                    givenUp.add(why);
                }
            };
            limited.node.queueFails("Unable to contact slurm controller");
            limited.run(record, client).begin();
            client.recording().until(() -> !givenUp.isEmpty());
            assertTrue(givenUp.get(0).contains("for 00:01:0"), givenUp.get(0));
        }
    }
}
