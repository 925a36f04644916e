package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class JobLifecycleCancelTest {
    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode node = fixture.node;
    private final JobRecord record = EngineFixture.record();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void slurmObeys() {
        node.on("cancel", () -> node.lists("12", JobState.CANCELLED, ""));
    }

    private static void assertCancelledByThisBuild(RecordingClient client) {
        assertEquals(Outcome.Kind.CANCELLED, client.outcome().kind());
        assertTrue(
                client.outcome().detail().startsWith("by this build"),
                client.outcome().detail());
        assertEquals(1, client.ends());
    }

    @Test
    void aJobCancelledBeforeItBeginsNeverReachesSlurm() throws Exception {
        RecordingClient client = fixture.client(record);
        client.job().cancel();
        client.job().begin();
        assertCancelledByThisBuild(client.await());
        assertEquals(0, node.count("stage") + node.count("submit"));
    }

    @Test
    void whileNoHeadNodeIsOnlineTheJobEndsAllTheSame() throws Exception {
        fixture.online(false);
        RecordingClient client = fixture.begin(record);
        client.until(() -> !client.lines().isEmpty());
        client.job().cancel();
        assertCancelledByThisBuild(client.await());
    }

    @Test
    void whileStagingNothingIsSubmitted() throws Exception {
        RecordingClient client = fixture.client(record);
        node.on("stage", () -> client.job().cancel());
        client.job().begin();
        assertCancelledByThisBuild(client.await());
        assertEquals(0, node.count("submit"));
    }

    @Test
    void whileSubmittingTheJobIsCancelledOnceItsIdIsKnown() throws Exception {
        RecordingClient client = fixture.client(record);
        node.on("submit", () -> client.job().cancel());
        slurmObeys();
        client.job().begin();
        assertCancelledByThisBuild(client.await());
        assertEquals(1, node.count("cancel 12") - node.count("cancel 12 hard"));
    }

    @Test
    void whileSlurmCannotTakeTheJobItIsNotSubmittedAgain() throws Exception {
        node.submitAnswers(SubmitAnswer.notNow("standby"));
        RecordingClient client = fixture.client(record);
        node.on("submit", () -> client.job().cancel());
        client.job().begin();
        assertCancelledByThisBuild(client.await());
        assertEquals(1, node.count("submit"));
    }

    @Test
    void whileNobodyKnowsWhetherItWasSubmittedItIsLookedForFirst() throws Exception {
        node.submitAnswers(SubmitAnswer.unclear("timed out"), SubmitAnswer.submitted("12"));
        RecordingClient client = fixture.client(record);
        node.on("submit", () -> client.job().cancel());
        slurmObeys();
        client.job().begin();
        assertCancelledByThisBuild(client.await());
        assertEquals(1, node.count("cancel 12") - node.count("cancel 12 hard"));
    }

    @Test
    void afterACancellationTheEndIsAwaited() throws Exception {
        RecordingClient client = fixture.begin(record);
        node.lists("12", JobState.RUNNING, "None");
        node.started(record, "12", 0);
        client.until(() -> record.startedAttempt() == 0);
        client.job().cancel();
        client.until(() -> node.count("cancel 12") == 1);
        Waits.stays("the build ended while its job runs", Duration.ofMillis(200), () -> client.ends() == 0);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(client.await());
        assertTrue(
                client.lines().contains("Cancelled job 12, waiting for its end"),
                client.lines().toString());
    }

    @Test
    void aJobThatEndedByItselfMeanwhileHasItsOwnOutcome() throws Exception {
        RecordingClient client = fixture.begin(record);
        node.on("cancel", () -> node.succeeds(record, "12"));
        client.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        client.job().cancel();
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
    }

    @Test
    void aCancellationThatFailsIsRepeated() throws Exception {
        node.fail("cancel", 2);
        node.cancelAnswers(CancelAnswer.refused("scancel did not answer in time"));
        RecordingClient client = fixture.begin(record);
        client.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        node.lists("12", JobState.RUNNING, "None");
        client.job().cancel();
        client.until(() -> node.count("cancel 12") >= 4);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(client.await());
        assertTrue(
                client.lines().contains("Cannot cancel job 12 now: scancel did not answer in time"),
                client.lines().toString());
    }

    @Test
    void aJobThatIgnoresTermIsKilled() throws Exception {
        RecordingClient client = fixture.begin(record);
        client.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        node.lists("12", JobState.RUNNING, "None");
        client.job().cancel();
        client.until(() -> node.count("cancel 12 hard") == 1);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(client.await());
        assertTrue(
                client.lines().contains("Killed job 12, waiting for its end"),
                client.lines().toString());
    }

    @Test
    void aJobThatWaitedTooLongIsCancelledOnlyWhileItWaits() throws Exception {
        RecordingClient client = fixture.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        JobRecord waiting = client.job().record();
        node.lists("12", JobState.PENDING, "Priority");
        node.on("cancel", () -> node.lists("12", JobState.CANCELLED, ""));
        assertEquals(Outcome.Kind.WAITED_TOO_LONG, client.await().outcome().kind());
        assertTrue(node.count("cancel") > 0);
        assertEquals(node.count("cancel"), node.count("cancel 12 if waiting"), "never harder than that");
        assertTrue(OutcomeText.of(waiting).contains("waited longer than allowed"), OutcomeText.of(waiting));
    }

    @Test
    void aJobThatStartsJustThenContinues() throws Exception {
        RecordingClient client = fixture.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        JobRecord waiting = client.job().record();
        node.lists("12", JobState.PENDING, "Priority");
        node.on("cancel", () -> {
            node.lists("12", JobState.RUNNING, "None");
            node.started(waiting, "12", 0);
        });
        client.until(() -> waiting.startedAttempt() == 0);
        // The hundredth part of the patience.
        Waits.stays("a second, harder cancellation", Duration.ofMillis(1_500), () -> node.count("cancel") == 1);
        node.succeeds(waiting, "12");
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
    }

    @Test
    void aWaitingJobWhoseBuildIsStoppedIsEndedInAnyCase() throws Exception {
        RecordingClient client = fixture.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        node.lists("12", JobState.PENDING, "Priority");
        client.until(() -> node.count("cancel 12 if waiting") == 1);
        node.lists("12", JobState.RUNNING, "None");
        client.job().cancel();
        client.until(() -> node.count("cancel 12") - node.count("cancel 12 if waiting") >= 1);
        node.lists("12", JobState.CANCELLED, "");
        assertEquals(1, client.await().ends());
    }

    @Test
    void aJobAboutWhichNobodyAnswersIsGivenUpWhenTheAdministratorWantsIt() throws Exception {
        Duration limit = Duration.ofMillis(300);
        try (EngineFixture limited =
                new EngineFixture(new EngineSettings(Duration.ofMillis(50), Duration.ofMinutes(1), limit))) {
            JobRecord silent = EngineFixture.record();
            List<String> givenUp = new CopyOnWriteArrayList<>();
            DelegatingClient client = new DelegatingClient(new RecordingClient(EngineFixture.plan())) {
                @Override
                public void givenUp(String why) {
                    givenUp.add(why);
                }
            };
            limited.node.queueFails("Unable to contact slurm controller");
            limited.run(silent, client).begin();
            client.recording().until(() -> !givenUp.isEmpty());
            assertTrue(
                    givenUp.get(0).contains("job 12") && givenUp.get(0).contains("Unable to contact"), givenUp.get(0));
            limited.node.queueFails("");
            limited.node.lists("12", JobState.CANCELLED, "");
            assertCancelledByThisBuild(client.recording().await());
            assertEquals(1, givenUp.size());
        }
    }

    @Test
    void aSecondCancellationChangesNothing() throws Exception {
        RecordingClient client = fixture.begin(record);
        client.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        node.lists("12", JobState.RUNNING, "None");
        client.job().cancel();
        client.job().cancel();
        client.until(() -> node.count("cancel 12") >= 1);
        Waits.stays(
                "a second cancellation",
                Duration.ofMillis(100),
                () -> node.count("cancel 12") - node.count("cancel 12 hard") == 1);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(client.await());
        client.job().cancel();
        assertEquals(1, client.ends());
    }

    @Test
    void anotherJobWithTheIdOfALostJobIsNotCancelled() throws Exception {
        node.lists("12", JobState.RUNNING, "None", "jenkins:c1:" + "f".repeat(32));
        RecordingClient client = fixture.begin(EngineFixture.submitted("12"));
        client.until(() -> client.lines().contains("Slurm has lost job 12 and has given its id to another job"));
        client.job().cancel();
        client.until(() -> client.lines().contains("Nothing is cancelled: 12 is the id of another job now"));
        assertEquals(0, node.count("cancel"));
    }

    /** The queue has not been asked since: only the head node has seen it. */
    @Test
    void anIdThatNowBelongsToAnotherJobIsNotReportedAsCancelled() throws Exception {
        node.lists("12", JobState.RUNNING, "None");
        node.cancelAnswers(new CancelAnswer(CancelAnswer.Result.ANOTHERS, ""));
        RecordingClient client = fixture.begin(EngineFixture.submitted("12"));
        client.job().cancel();
        client.until(() -> client.lines().contains("Nothing is cancelled: 12 is the id of another job now"));
        Waits.stays("a second cancellation", Duration.ofMillis(1_500), () -> node.count("cancel") == 1);
        assertTrue(
                client.lines().stream().noneMatch(line -> line.startsWith("Cancelled")),
                client.lines().toString());
    }

    @Test
    void aJobThatHasGoneIsNotReportedAsCancelled() throws Exception {
        node.cancelAnswers(new CancelAnswer(CancelAnswer.Result.GONE, "Invalid job id specified"));
        RecordingClient client = fixture.begin(EngineFixture.submitted("12"));
        client.job().cancel();
        client.untilTold(
                "Nothing is cancelled: job 12 has ended already, or Slurm no longer knows it (Invalid job id specified)");
        assertTrue(client.job().isCancelTaken(), "there is nothing left to ask for");
    }

    @Test
    void aRequestToCancelOnlyAWaitingJobIsWordedAsARequest() throws Exception {
        RecordingClient client = fixture.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        node.lists("12", JobState.PENDING, "Priority");
        client.untilTold("Asked Slurm to cancel job 12 if it still waits");
        node.lists("12", JobState.CANCELLED, "");
        assertEquals(Outcome.Kind.WAITED_TOO_LONG, client.await().outcome().kind());
        assertTrue(
                client.lines().stream().noneMatch(line -> line.startsWith("Cancelled")),
                client.lines().toString());
    }
}
