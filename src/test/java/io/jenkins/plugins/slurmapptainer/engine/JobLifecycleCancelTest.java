package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.cluster.DelegatingHost;
import io.jenkins.plugins.slurmapptainer.cluster.RecordingHost;
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
    private final EngineFixture bench = new EngineFixture();
    private final FakeHeadNode node = bench.node;
    private final JobRecord record = EngineFixture.record();

    @AfterEach
    void close() {
        bench.close();
    }

    private void slurmObeys() {
        node.on("cancel", () -> node.lists("12", JobState.CANCELLED, ""));
    }

    private static void assertCancelledByThisBuild(RecordingHost host) {
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind());
        assertTrue(
                host.outcome().detail().startsWith("by this build"),
                host.outcome().detail());
        assertEquals(1, host.ends());
    }

    @Test
    void beforeTheBeginningNothingReachesSlurm() throws Exception {
        RecordingHost host = bench.host(record);
        host.job().cancel();
        host.job().begin();
        assertCancelledByThisBuild(host.await());
        assertEquals(0, node.count("stage") + node.count("submit"));
    }

    @Test
    void whileNoHeadNodeIsOnlineTheJobEndsAllTheSame() throws Exception {
        bench.online(false);
        RecordingHost host = bench.begin(record);
        host.until(() -> !host.lines().isEmpty());
        host.job().cancel();
        assertCancelledByThisBuild(host.await());
    }

    @Test
    void whileStagingNothingIsSubmitted() throws Exception {
        RecordingHost host = bench.host(record);
        node.on("stage", () -> host.job().cancel());
        host.job().begin();
        assertCancelledByThisBuild(host.await());
        assertEquals(0, node.count("submit"));
    }

    @Test
    void whileSubmittingTheJobIsCancelledOnceItsIdIsKnown() throws Exception {
        RecordingHost host = bench.host(record);
        node.on("submit", () -> host.job().cancel());
        slurmObeys();
        host.job().begin();
        assertCancelledByThisBuild(host.await());
        assertEquals(1, node.count("cancel 12") - node.count("cancel 12 hard"));
    }

    @Test
    void whileSlurmCannotTakeTheJobItIsNotSubmittedAgain() throws Exception {
        node.submitAnswers(SubmitAnswer.notNow("standby"));
        RecordingHost host = bench.host(record);
        node.on("submit", () -> host.job().cancel());
        host.job().begin();
        assertCancelledByThisBuild(host.await());
        assertEquals(1, node.count("submit"));
    }

    @Test
    void whileNobodyKnowsWhetherItWasSubmittedItIsLookedForFirst() throws Exception {
        node.submitAnswers(SubmitAnswer.unclear("timed out"), SubmitAnswer.submitted("12"));
        RecordingHost host = bench.host(record);
        node.on("submit", () -> host.job().cancel());
        slurmObeys();
        host.job().begin();
        assertCancelledByThisBuild(host.await());
        assertEquals(1, node.count("cancel 12") - node.count("cancel 12 hard"));
    }

    @Test
    void afterwardsTheEndIsAwaited() throws Exception {
        RecordingHost host = bench.begin(record);
        node.lists("12", JobState.RUNNING, "None");
        node.started(record, "12", 0);
        host.until(() -> record.startedAttempt() == 0);
        host.job().cancel();
        host.until(() -> node.count("cancel 12") == 1);
        Waits.stays("the build ended while its job runs", Duration.ofMillis(200), () -> host.ends() == 0);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(host.await());
        assertTrue(
                host.lines().contains("Cancelled job 12, waiting for its end"),
                host.lines().toString());
    }

    @Test
    void aJobThatEndedByItselfMeanwhileHasItsOwnOutcome() throws Exception {
        RecordingHost host = bench.begin(record);
        node.on("cancel", () -> node.succeeds(record, "12"));
        host.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        host.job().cancel();
        assertEquals(Outcome.Kind.SUCCESS, host.await().outcome().kind());
    }

    @Test
    void whatCannotBeCancelledNowIsCancelledLater() throws Exception {
        node.fail("cancel", 2);
        node.cancelAnswers(CancelAnswer.refused("scancel did not answer in time"));
        RecordingHost host = bench.begin(record);
        host.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        node.lists("12", JobState.RUNNING, "None");
        host.job().cancel();
        host.until(() -> node.count("cancel 12") >= 4);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(host.await());
        assertTrue(
                host.lines().contains("Cannot cancel job 12 now: scancel did not answer in time"),
                host.lines().toString());
    }

    @Test
    void aJobThatDoesNotObeyIsKilled() throws Exception {
        RecordingHost host = bench.begin(record);
        host.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        node.lists("12", JobState.RUNNING, "None");
        host.job().cancel();
        host.until(() -> node.count("cancel 12 hard") == 1);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(host.await());
        assertTrue(
                host.lines().contains("Killed job 12, waiting for its end"),
                host.lines().toString());
    }

    @Test
    void aJobThatWaitedTooLongIsCancelledOnlyWhileItWaits() throws Exception {
        RecordingHost host = bench.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        JobRecord waiting = host.job().record();
        node.lists("12", JobState.PENDING, "Priority");
        node.on("cancel", () -> node.lists("12", JobState.CANCELLED, ""));
        assertEquals(Outcome.Kind.WAITED_TOO_LONG, host.await().outcome().kind());
        assertTrue(node.count("cancel") > 0);
        assertEquals(node.count("cancel"), node.count("cancel 12 if waiting"), "never harder than that");
        assertTrue(OutcomeText.of(waiting).contains("waited longer than allowed"), OutcomeText.of(waiting));
    }

    @Test
    void aJobThatStartedJustThenGoesOn() throws Exception {
        RecordingHost host = bench.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        JobRecord waiting = host.job().record();
        node.lists("12", JobState.PENDING, "Priority");
        node.on("cancel", () -> {
            node.lists("12", JobState.RUNNING, "None");
            node.started(waiting, "12", 0);
        });
        host.until(() -> waiting.startedAttempt() == 0);
        // The hundredth part of the patience.
        Waits.stays("a second, harder cancellation", Duration.ofMillis(1_500), () -> node.count("cancel") == 1);
        node.succeeds(waiting, "12");
        assertEquals(Outcome.Kind.SUCCESS, host.await().outcome().kind());
    }

    @Test
    void aWaitingJobWhoseBuildIsStoppedIsEndedInAnyCase() throws Exception {
        RecordingHost host = bench.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        node.lists("12", JobState.PENDING, "Priority");
        host.until(() -> node.count("cancel 12 if waiting") == 1);
        node.lists("12", JobState.RUNNING, "None");
        host.job().cancel();
        host.until(() -> node.count("cancel 12") - node.count("cancel 12 if waiting") >= 1);
        node.lists("12", JobState.CANCELLED, "");
        assertEquals(1, host.await().ends());
    }

    @Test
    void aJobAboutWhichNobodyAnswersIsGivenUpWhenTheAdministratorWantsIt() throws Exception {
        Duration limit = Duration.ofMillis(300);
        try (EngineFixture limited =
                new EngineFixture(new EngineSettings(Duration.ofMillis(50), Duration.ofMinutes(1), limit))) {
            JobRecord silent = EngineFixture.record();
            List<String> givenUp = new CopyOnWriteArrayList<>();
            DelegatingHost host = new DelegatingHost(new RecordingHost(EngineFixture.plan())) {
                @Override
                public void givenUp(String why) {
                    givenUp.add(why);
                }
            };
            limited.node.queueFails("Unable to contact slurm controller");
            limited.run(silent, host).begin();
            host.recording().until(() -> !givenUp.isEmpty());
            assertTrue(
                    givenUp.get(0).contains("job 12") && givenUp.get(0).contains("Unable to contact"), givenUp.get(0));
            limited.node.queueFails("");
            limited.node.lists("12", JobState.CANCELLED, "");
            assertCancelledByThisBuild(host.recording().await());
            assertEquals(1, givenUp.size());
        }
    }

    @Test
    void askingTwiceIsAskingOnce() throws Exception {
        RecordingHost host = bench.begin(record);
        host.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        node.lists("12", JobState.RUNNING, "None");
        host.job().cancel();
        host.job().cancel();
        host.until(() -> node.count("cancel 12") >= 1);
        Waits.stays(
                "a second cancellation",
                Duration.ofMillis(100),
                () -> node.count("cancel 12") - node.count("cancel 12 hard") == 1);
        node.lists("12", JobState.CANCELLED, "");
        assertCancelledByThisBuild(host.await());
        host.job().cancel();
        assertEquals(1, host.ends());
    }

    @Test
    void whatHasTheIdOfALostJobIsNotCancelledInItsPlace() throws Exception {
        node.lists("12", JobState.RUNNING, "None", "jenkins:c1:" + "f".repeat(32));
        RecordingHost host = bench.begin(EngineFixture.submitted("12"));
        host.until(() -> host.lines().contains("Slurm has lost job 12 and has given its id to another job"));
        host.job().cancel();
        host.until(() -> host.lines().contains("Nothing is cancelled: 12 is the id of another job now"));
        assertEquals(0, node.count("cancel"));
    }

    /** The queue has not been asked since: only the head node has seen it. */
    @Test
    void whatTheHeadNodeFindsToBeAnotherJobIsNotCalledCancelled() throws Exception {
        node.lists("12", JobState.RUNNING, "None");
        node.cancelAnswers(new CancelAnswer(CancelAnswer.Result.ANOTHERS, ""));
        RecordingHost host = bench.begin(EngineFixture.submitted("12"));
        host.job().cancel();
        host.until(() -> host.lines().contains("Nothing is cancelled: 12 is the id of another job now"));
        Waits.stays("a second cancellation", Duration.ofMillis(1_500), () -> node.count("cancel") == 1);
        assertTrue(
                host.lines().stream().noneMatch(line -> line.startsWith("Cancelled")),
                host.lines().toString());
    }

    @Test
    void whatHasGoneIsNotCalledCancelled() throws Exception {
        node.cancelAnswers(new CancelAnswer(CancelAnswer.Result.GONE, "Invalid job id specified"));
        RecordingHost host = bench.begin(EngineFixture.submitted("12"));
        host.job().cancel();
        host.untilTold(
                "Nothing is cancelled: job 12 has ended already, or Slurm no longer knows it (Invalid job id specified)");
        assertTrue(host.job().isCancelTaken(), "there is nothing left to ask for");
    }

    @Test
    void whatIsCancelledOnlyWhileItWaitsIsNotCalledCancelled() throws Exception {
        RecordingHost host = bench.begin(EngineFixture.record(), EngineFixture.plan(Duration.ofMillis(1)));
        node.lists("12", JobState.PENDING, "Priority");
        host.untilTold("Asked Slurm to cancel job 12 if it still waits");
        node.lists("12", JobState.CANCELLED, "");
        assertEquals(Outcome.Kind.WAITED_TOO_LONG, host.await().outcome().kind());
        assertTrue(
                host.lines().stream().noneMatch(line -> line.startsWith("Cancelled")),
                host.lines().toString());
    }
}
