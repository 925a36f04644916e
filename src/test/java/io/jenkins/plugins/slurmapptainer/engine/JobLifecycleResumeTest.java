package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.cluster.DelegatingHost;
import io.jenkins.plugins.slurmapptainer.cluster.RecordingHost;
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
    private final EngineFixture bench = new EngineFixture();
    private final FakeHeadNode node = bench.node;

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void whilePreparingEverythingIsDoneAgain() throws Exception {
        JobRecord record = EngineFixture.record();
        node.succeeds(record, "12");
        bench.begin(record).await().until(() -> node.count("collect") == 1);
        assertEquals("stage submit collect", node.operations());
    }

    @Test
    void whileSubmittingTheEarlierSubmissionIsLookedForAndNothingIsStaged() throws Exception {
        JobRecord record = EngineFixture.submitting();
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
        JobRecord record = EngineFixture.submitting();
        node.succeeds(record, "12");
        bench.begin(record).await().until(() -> node.count("collect") == 1);
        assertEquals("submit stage submit collect", node.operations());
        assertEquals(1, node.count("submit script"));
    }

    @Test
    void onceSubmittedTheJobIsOnlyFollowedFromWhereTheOutputWas() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
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
        JobRecord record = EngineFixture.submitting();
        record.cancelling();
        RecordingHost host = bench.begin(record).await();
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind());
        host.until(() -> node.count("collect") == 1);
        assertEquals("submit collect", node.operations());
        assertEquals(1, node.count("submit look"));
    }

    @Test
    void theHostKnowsBetterThanTheRecordWhatHasBeenShown() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        node.succeeds(record, "12");
        RecordingHost host = bench.host(record);
        JobLifecycle run = bench.run(record, new DelegatingHost(host) {
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
        JobRecord record = EngineFixture.submitted("12");
        record.ended(Outcome.ofExitCode(3), 1);
        RecordingHost host = bench.begin(record).await();
        assertEquals(Outcome.ofExitCode(3), host.outcome());
        host.until(() -> node.count("collect") == 1);
        assertEquals("collect", node.operations());
    }

    @Test
    void aCancellationThatWasNotSentIsSentNow() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        record.cancelling();
        node.on("cancel", () -> node.lists("12", JobState.CANCELLED, ""));
        assertEquals(
                Outcome.Kind.CANCELLED, bench.begin(record).await().outcome().kind());
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

    private static DelegatingHost saving(List<JobRecord> saves, JobRecord record) {
        return new DelegatingHost(new RecordingHost(EngineFixture.plan())) {
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
    void forHowLongSlurmCouldNotTakeTheJobOutlivesTheController() throws Exception {
        List<JobRecord> saves = new CopyOnWriteArrayList<>();
        JobRecord record = EngineFixture.record();
        node.submitAnswers(SubmitAnswer.notNow("standby"));
        DelegatingHost host = saving(saves, record);
        bench.run(record, host).begin();
        host.recording().until(() -> node.count("submit") >= 2);
        JobRecord next = savedLast(saves);
        assertTrue(next.refused(System.currentTimeMillis() + 5_000) >= 5_000, "it is saved");
        try (EngineFixture later = new EngineFixture(LIMITED)) {
            JobRecord tried = EngineFixture.submitting();
            tried.refused(System.currentTimeMillis() - 60_000);
            later.node.submitAnswers(SubmitAnswer.notNow("standby"));
            RecordingHost told = later.begin(tried).await();
            assertEquals(Outcome.Kind.NOT_SUBMITTED, told.outcome().kind());
            assertTrue(
                    told.outcome().detail().matches("tried for 6[0-2] s; sbatch: standby"),
                    told.outcome().detail());
            assertTrue(later.node.count("submit") >= 2, "this process tries, too, before it gives up");
        }
    }

    @Test
    void forHowLongNobodyAnswersOutlivesTheController() throws Exception {
        List<String> givenUp = new CopyOnWriteArrayList<>();
        List<JobRecord> saves = new CopyOnWriteArrayList<>();
        try (EngineFixture limited = new EngineFixture(LIMITED)) {
            JobRecord record = EngineFixture.submitted("12");
            DelegatingHost host = saving(saves, record);
            limited.node.queueFails("Unable to contact slurm controller");
            limited.run(record, host).begin();
            host.recording().until(() -> !saves.isEmpty());
            assertTrue(savedLast(saves).silent(System.currentTimeMillis() + 5_000) >= 5_000, "it is saved");
            int before = saves.size();
            limited.node.queueFails("");
            limited.node.lists("12", JobState.RUNNING, "None");
            host.recording().until(() -> saves.size() > before);
            assertEquals(0, savedLast(saves).silent(System.currentTimeMillis()), "the end of the silence, too");
        }
        try (EngineFixture limited = new EngineFixture(LIMITED)) {
            JobRecord record = EngineFixture.submitted("12");
            record.silent(System.currentTimeMillis() - 60_000);
            DelegatingHost host = new DelegatingHost(new RecordingHost(EngineFixture.plan())) {
                @Override
                public void givenUp(String why) {
                    givenUp.add(why);
                }
            };
            limited.node.queueFails("Unable to contact slurm controller");
            limited.run(record, host).begin();
            host.recording().until(() -> !givenUp.isEmpty());
            assertTrue(givenUp.get(0).contains("for 00:01:0"), givenUp.get(0));
        }
    }
}
