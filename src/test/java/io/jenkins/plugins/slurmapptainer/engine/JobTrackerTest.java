package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.RestartCounts;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmRows;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class JobTrackerTest {
    private final JobRecord record = EngineFixture.submitted("12");
    private final RecordingClient client = new RecordingClient(EngineFixture.plan());
    private final List<Outcome> ends = new ArrayList<>();
    private final List<Outcome> dooms = new ArrayList<>();
    private int saves;
    private final List<Long> silences = new ArrayList<>();
    private final JobOwner owner = new JobOwner() {
        @Override
        public void started(StartRecord start) {
            record.clearCancelReason();
        }

        @Override
        public void end(Outcome outcome) {
            ends.add(outcome);
        }

        @Override
        public void cancelFor(Outcome reason) {
            dooms.add(reason);
        }

        @Override
        public void changed() {
            saves++;
        }

        @Override
        public void silentFor(long millis, String why) {
            silences.add(millis);
        }
    };
    private final AtomicLong now = new AtomicLong(1_000_000);
    private final JobTracker tracker = tracker(record, client);

    private JobTracker tracker(JobRecord job, JobClient listener) {
        return new JobTracker(TrackedJob.of(job, listener), owner, now::get);
    }

    private JobNews news(String output, long from, StartRecord start, ExitRecord exit) {
        return new JobNews(new JobToken(record.token()), output.getBytes(StandardCharsets.UTF_8), from, start, exit);
    }

    private void start(String id, int attempt) {
        tracker.observed(news("", record.offset(), new StartRecord(id, attempt, 5, "n1"), null), null, null);
    }

    private void exit(int attempt, int code, boolean signalled, long outputBytes) {
        ExitRecord exit = new ExitRecord("12", attempt, 9, code, true, signalled, false, outputBytes);
        tracker.observed(news("", record.offset(), null, exit), null, null);
    }

    private void prints(String output, long from) {
        tracker.observed(news(output, from, null, null), null, null);
    }

    private static SlurmRows<QueueEntry> rows(QueueEntry... rows) {
        return QueueEntry.byId(List.of(rows));
    }

    private static SlurmRows<AccountingEntry> accounts(AccountingEntry... rows) {
        return new SlurmRows<>(List.of(rows), AccountingEntry::id);
    }

    private void queue(QueueEntry... rows) {
        tracker.observed(null, rows(rows), null);
        now.addAndGet(Verdict.SETTLE_MILLIS);
        tracker.observed(null, rows(rows), null);
    }

    private void queue(JobState state, String reason) {
        queue(FakeHeadNode.row("11", JobState.FAILED, ""), FakeHeadNode.row("12", state, reason));
    }

    private Outcome.Kind ended() {
        assertEquals(1, ends.size(), "ends told: " + ends);
        return ends.get(0).kind();
    }

    private void assertAlive() {
        assertEquals(List.of(), ends);
    }

    @Test
    void aStartIsReportedOnce() {
        start("12", 0);
        start("12", 0);
        assertEquals(List.of("Job 12 is running on n1"), client.lines());
        assertEquals(0, tracker.watch().started());
        assertEquals(5_000, record.started());
        assertEquals("n1", record.nodes());
    }

    @Test
    void outputIsShownAsItComesAndRemembered() {
        prints("one\n", 0);
        prints("two\n", 4);
        assertEquals("one\ntwo\n", client.output());
        assertEquals(8, record.offset());
        assertEquals(8, tracker.watch().offset());
    }

    @Test
    void theBeginningOfALineIsShown() {
        prints("one\ntw", 0);
        assertEquals("one\ntw", client.output());
        assertEquals(6, record.offset(), "a next life goes on there");
        prints("o\n", 6);
        assertEquals("one\ntwo\n", client.output());
        assertEquals(8, record.offset());
    }

    @Test
    void statesOfALineAreLeftOutAndCounted() {
        prints("10%\r20%", 0);
        prints("\r30%\r40%", 7);
        assertEquals("20%", client.output());
        assertEquals(11, record.offset());
        assertEquals(15, tracker.watch().offset());
        assertEquals(LiveLines.STATE_MILLIS, tracker.pause());
        now.addAndGet(LiveLines.STATE_MILLIS);
        tracker.observed(null, null, null);
        assertEquals("20%\r40%", client.output());
        assertEquals(15, record.offset());
        assertEquals(Long.MAX_VALUE, tracker.pause());
    }

    @Test
    void theBeginningOfALineWaitsForItsEndWhereItWouldNotBeSeen() {
        DelegatingClient filtered = new DelegatingClient(client) {
            @Override
            public boolean showsUnendedLines() {
                return false;
            }
        };
        JobTracker tracker = tracker(record, filtered);
        tracker.observed(news("one\ntw", 0, null, null), null, null);
        assertEquals("one\n", client.output());
        assertEquals(4, record.offset(), "a next life reads the line from its beginning");
        assertEquals(6, tracker.watch().offset(), "this one reads on");
        tracker.observed(news("o\n", 6, null, null), null, null);
        assertEquals("one\ntwo\n", client.output());
        assertEquals(8, record.offset());
    }

    @Test
    void aLastLineWithoutAnEndIsShown() {
        start("12", 0);
        prints("one\ntwo", 0);
        tracker.observed(news("", 7, null, new ExitRecord("12", 0, 9, 0, true, false, false, 7)), null, null);
        assertEquals(Outcome.Kind.SUCCESS, ended());
        assertEquals("one\ntwo", client.output());
        assertEquals(7, record.offset());
    }

    @Test
    void theOffsetIsSavedAfterEveryPieceAndTheRecordWhenTheJobRuns() {
        List<String> calls = new ArrayList<>();
        DelegatingClient careful = new DelegatingClient(client) {
            @Override
            public void output(byte[] bytes, int length) {
                calls.add("output " + length);
            }

            @Override
            public void saveOffset(long offset) {
                calls.add("offset " + offset);
            }
        };
        JobTracker some = tracker(record, careful);
        some.observed(news("one\n", 0, new StartRecord("12", 0, 5, "n1"), null), null, null);
        some.observed(news("two\nth", 4, null, null), null, null);
        some.observed(null, null, null);
        assertEquals(List.of("output 4", "offset 4", "output 6", "offset 10"), calls);
        assertEquals(1, saves);
    }

    @Test
    void outputThatBecameShorterIsReadFromItsBeginning() {
        prints("first attempt\nand", 0);
        prints("two\n", 0);
        assertEquals("first attempt\nandtwo\n", client.output());
        assertEquals(4, record.offset());
        assertEquals(List.of("The job's output starts from the beginning again"), client.lines());
    }

    @Test
    void outputThatCouldNotBeShownIsLeftToTheNextProcess() {
        List<Long> offsets = new ArrayList<>();
        boolean[] closed = {true};
        DelegatingClient broken = new DelegatingClient(client) {
            @Override
            public void output(byte[] bytes, int length) throws IOException {
                if (closed[0]) {
                    throw new IOException("closed");
                }
                super.output(bytes, length);
            }

            @Override
            public void saveOffset(long offset) {
                offsets.add(offset);
            }
        };
        JobTracker some = tracker(record, broken);
        some.observed(news("one\n", 0, null, null), null, null);
        some.observed(news("two\n", 4, null, null), null, null);
        assertEquals(List.of(), offsets);
        assertEquals(0, record.offset());
        assertEquals(8, some.watch().offset(), "this life does not read it again and again");
        closed[0] = false;
        some.observed(news("three\n", 8, null, null), null, null);
        assertEquals(List.of(14L), offsets);
        assertEquals("three\n", client.output());
    }

    @Test
    void aConsoleThatCannotBeWrittenDoesNotLoseTheJob() {
        DelegatingClient broken = new DelegatingClient(client) {
            @Override
            public void output(byte[] bytes, int length) throws IOException {
                throw new IOException("disk full");
            }
        };
        JobTracker some = tracker(record, broken);
        ExitRecord exit = new ExitRecord("12", 0, 9, 0, true, false, false, 4);
        some.observed(news("one\n", 0, new StartRecord("12", 0, 5, "n1"), exit), null, null);
        assertEquals(Outcome.Kind.SUCCESS, ended());
    }

    @Test
    void theEndIsReportedOnceHoweverOftenItIsSeen() {
        start("12", 0);
        exit(0, 0, false, 0);
        exit(0, 0, false, 0);
        queue(JobState.FAILED, "");
        prints("late\n", 0);
        assertEquals(Outcome.Kind.SUCCESS, ended());
        assertEquals("", client.output());
    }

    @Test
    void theEndWaitsForTheOutputThatTheRecordNames() {
        start("12", 0);
        exit(0, 3, false, 8);
        assertAlive();
        prints("one\n", 0);
        assertAlive();
        prints("two\n", 4);
        assertEquals(Outcome.Kind.FAILURE, ended());
        assertEquals("one\ntwo\n", client.output());
    }

    @Test
    void whatTheQueueSaidBeforeTheEndDoesNotCount() {
        queue(JobState.CANCELLED, "");
        ends.clear();
        JobTracker fresh = tracker(record, client);
        fresh.observed(null, rows(FakeHeadNode.row("12", JobState.RUNNING, "None")), null);
        ExitRecord exit = new ExitRecord("12", 0, 9, 143, true, true, false, 0);
        fresh.observed(news("", 0, null, exit), null, null);
        assertAlive();
        assertTrue(fresh.wantsQueue());
        fresh.observed(null, rows(FakeHeadNode.row("12", JobState.PREEMPTED, "None")), null);
        assertEquals(Outcome.Kind.PREEMPTED, ended());
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"PENDING", "REQUEUED", "COMPLETING"})
    void aRequeuedJobEndsWithItsLastAttempt(JobState between) {
        start("12", 0);
        exit(0, 143, true, 0);
        queue(between, "BeginTime");
        assertAlive();
        start("12", 1);
        assertTrue(
                client.lines().contains("Job 12 was started again (restart 1) on n1"),
                client.lines().toString());
        assertEquals(-1, tracker.watch().ended(), "the end of the next attempt is news");
        queue(JobState.RUNNING, "None");
        exit(1, 0, false, 0);
        assertEquals(Outcome.Kind.SUCCESS, ended());
    }

    /** "Job credential revoked": the node refuses a start, and Slurm calls the job failed. */
    @Test
    void theRecordOfOneRunDoesNotEndTheNextRun() {
        record.planned(EngineFixture.requeued());
        start("12", 0);
        assertFalse(tracker.wantsRestarts());
        exit(0, 143, true, 0);
        assertTrue(tracker.wantsRestarts());
        queue(FakeHeadNode.row("12", JobState.COMPLETING, "None").withRuns(new RestartCounts(0, 0, 0)));
        assertFalse(tracker.wantsRestarts());
        queue(JobState.PENDING, "BeginTime");
        assertFalse(tracker.wantsRestarts(), "it may wait for hours");
        QueueEntry failed = FakeHeadNode.row("12", JobState.FAILED, "NonZeroExitCode");
        queue(failed);
        assertAlive();
        assertTrue(tracker.wantsRestarts(), "what was known before is out of date");
        queue(failed.withRuns(new RestartCounts(1, 0, 0)));
        assertFalse(tracker.wantsRestarts(), "it is known now");
        assertAlive();
        now.addAndGet(Verdict.RECORD_PATIENCE_MILLIS);
        queue(failed);
        assertEquals(Outcome.Kind.NODE_FAILURE, ended());
    }

    /**
     * A {@code slurmctld} that was killed has forgotten that it had started the job: it has the node end that run, starts the job again
     * under the same number in the same second, and the node refuses. Slurm calls that a failure of the job.
     */
    @Test
    void aFailureOfARunWithoutItsOwnRecordIsANodeFailure() {
        start("12", 0);
        QueueEntry failed = FakeHeadNode.row("12", JobState.FAILED, "NonZeroExitCode");
        queue(FakeHeadNode.row("12", JobState.RUNNING, "None"));
        assertFalse(tracker.wantsRestarts());
        queue(failed);
        assertTrue(tracker.wantsRestarts());
        queue(failed.withRuns(new RestartCounts(0, 7, 0)));
        assertFalse(tracker.wantsRestarts());
        now.addAndGet(Verdict.RECORD_PATIENCE_MILLIS);
        queue(failed);
        assertEquals(Outcome.Kind.NODE_FAILURE, ended());
        assertEquals(
                "the node ended its last start before the script began; Slurm: NonZeroExitCode",
                ends.get(0).detail());
    }

    /** {@code slurmctld} was away when the job ended, and its node was lost: Slurm keeps it as running until somebody cancels it. */
    @Test
    void aJobCancelledAfterItsEndEndsAsItsProgramDid() {
        start("12", 0);
        exit(0, 137, false, 0);
        QueueEntry cancelled = FakeHeadNode.row("12", JobState.CANCELLED, "None");
        queue(FakeHeadNode.row("12", JobState.RUNNING, "None"));
        assertFalse(tracker.wantsRestarts());
        queue(cancelled);
        now.addAndGet(Verdict.BY_WHOM_MILLIS);
        queue(cancelled);
        assertAlive();
        assertTrue(tracker.wantsRestarts(), "and with them when it ended");
        queue(cancelled.withRuns(new RestartCounts(0, 5, 1_000_000)));
        assertEquals(Outcome.Kind.SIGNAL, ended());
        assertEquals(9, ends.get(0).signal());
    }

    @Test
    void aJobThatSomebodyKillsIsReportedAsCancelled() {
        start("12", 0);
        exit(0, 137, false, 0);
        QueueEntry cancelled =
                FakeHeadNode.row("12", JobState.CANCELLED, "None").withRuns(new RestartCounts(0, 5, 6));
        queue(cancelled);
        now.addAndGet(Verdict.BY_WHOM_MILLIS);
        queue(cancelled);
        assertEquals(Outcome.Kind.CANCELLED, ended());
    }

    @Test
    void aSmallDifferenceOfClocksIsNoSecondStart() {
        start("12", 0);
        QueueEntry failed = FakeHeadNode.row("12", JobState.FAILED, "NonZeroExitCode");
        queue(failed.withRuns(new RestartCounts(0, 6, 0)));
        now.addAndGet(Verdict.RECORD_PATIENCE_MILLIS);
        queue(failed);
        assertEquals(Outcome.Kind.FAILURE, ended());
    }

    @Test
    void theRecordOfTheOnlyRunIsTheEnd() {
        record.planned(EngineFixture.requeued());
        start("12", 0);
        exit(0, 143, true, 0);
        QueueEntry failed = FakeHeadNode.row("12", JobState.FAILED, "NonZeroExitCode");
        queue(failed);
        assertAlive();
        queue(failed.withRuns(new RestartCounts(0, 0, 0)));
        assertEquals(Outcome.Kind.SIGNAL, ended());
    }

    @Test
    void theRecordOfALaterRunMayComeLate() {
        record.planned(EngineFixture.requeued());
        start("12", 0);
        exit(0, 143, true, 0);
        queue(FakeHeadNode.row("12", JobState.FAILED, "NonZeroExitCode").withRuns(new RestartCounts(1, 0, 0)));
        start("12", 1);
        assertAlive();
        exit(1, 5, false, 0);
        assertEquals(Outcome.ofExitCode(5), ends.get(0));
    }

    /** It has a row for each time that the job was in the queue. */
    @Test
    void theAccountingKnowsHowOftenAJobWasStartedAgain() {
        record.planned(EngineFixture.requeued());
        start("12", 0);
        exit(0, 143, true, 0);
        queue();
        tracker.observed(
                null,
                rows(),
                accounts(known(JobState.NODE_FAIL, "NODE_FAIL", ""), known(JobState.FAILED, "FAILED", "")));
        assertAlive();
        now.addAndGet(Verdict.RECORD_PATIENCE_MILLIS);
        queue();
        assertEquals(Outcome.Kind.NODE_FAILURE, ended());
    }

    @Test
    void theLateRecordOfAnEarlierAttemptIsIgnored() {
        start("12", 0);
        start("12", 1);
        exit(0, 0, false, 0);
        assertAlive();
        exit(1, 4, false, 0);
        assertEquals(4, ends.get(0).exitCode());
    }

    @Test
    void anEndThatIsSeenTogetherWithItsStartCounts() {
        ExitRecord exit = new ExitRecord("12", 2, 9, 0, true, false, false, 3);
        tracker.observed(news("abc", 0, new StartRecord("12", 2, 5, "n1"), exit), null, null);
        assertEquals(Outcome.Kind.SUCCESS, ended());
        assertEquals(2, record.startedAttempt());
        assertEquals(9_000, record.ended());
    }

    @Test
    void anotherJobThatRunsTheScriptIsTracked() {
        start("13", 0);
        assertEquals("13", record.jobId());
        assertEquals(
                List.of("Job 13 runs the script that was submitted as job 12; following it", "Job 13 is running on n1"),
                client.lines());
        queue(FakeHeadNode.row("12", JobState.COMPLETED, ""), FakeHeadNode.row("13", JobState.RUNNING, ""));
        assertAlive();
        queue(FakeHeadNode.row("12", JobState.COMPLETED, ""), FakeHeadNode.row("13", JobState.TIMEOUT, ""));
        assertEquals(Outcome.Kind.TIME_LIMIT, ended());
    }

    private static AccountingEntry known(JobState state, String printed, String origin) {
        return new AccountingEntry("12", state, printed, 0, 0, "n1", origin);
    }

    /** The accounting, too, has rows of all jobs that have ever had an id. */
    @Test
    void whatTheAccountingKnowsOfAnotherJobWithTheSameIdDoesNotCount() {
        String script = "sbatch --parsable /shared/c1/" + "f".repeat(32) + "/batch.sh";
        start("12", 0);
        queue();
        tracker.observed(
                null,
                rows(),
                accounts(
                        known(JobState.COMPLETED, "COMPLETED", "|" + script),
                        known(JobState.COMPLETED, "COMPLETED", "|sbatch job.sh")));
        assertAlive();
        String own = "|sbatch --parsable " + record.directory().batchScript();
        tracker.observed(
                null,
                rows(),
                accounts(
                        known(JobState.TIMEOUT, "TIMEOUT", own), known(JobState.COMPLETED, "COMPLETED", "|" + script)));
        assertEquals(Outcome.Kind.TIME_LIMIT, ended());
    }

    @Test
    void theLastRowOfARequeuedJobCounts() {
        String comment = record.directory().comment() + "|";
        start("12", 0);
        queue();
        tracker.observed(
                null,
                rows(),
                accounts(
                        known(JobState.REQUEUED, "REQUEUED", comment),
                        known(JobState.NODE_FAIL, "NODE_FAIL", comment),
                        known(JobState.OUT_OF_MEMORY, "OUT_OF_MEMORY", comment),
                        known(JobState.REVOKED, "REVOKED", comment)));
        assertEquals(Outcome.Kind.OUT_OF_MEMORY, ended());
    }

    /** The clusters of a federation that do not run a job say that it is revoked. */
    @Test
    void aJobThatAnotherClusterOfTheFederationRunsHasNotEnded() {
        QueueEntry revoked = FakeHeadNode.row("12", JobState.REVOKED, "None");
        QueueEntry runs = FakeHeadNode.row("12", JobState.TIMEOUT, "TimeLimit");
        start("12", 0);
        queue(revoked);
        now.addAndGet(10 * Verdict.ABSENCE_PATIENCE_MILLIS);
        queue(revoked);
        assertAlive();
        assertEquals(runs, QueueEntry.first(rows(revoked, runs).of("12")));
        assertEquals(runs, QueueEntry.first(rows(runs, revoked).of("12")));
    }

    /** A slurmctld that is killed forgets its youngest jobs and gives their ids away once more. */
    @Test
    void anotherJobWithTheSameIdDoesNotCount() {
        String another = "jenkins:c1:" + "f".repeat(32);
        start("12", 0);
        queue(FakeHeadNode.row("12", JobState.COMPLETED, "None", another));
        now.addAndGet(Verdict.RECORD_PATIENCE_MILLIS);
        queue(FakeHeadNode.row("12", JobState.COMPLETED, "None", another));
        assertAlive();
        assertTrue(tracker.isIdTaken());
        assertEquals("12", tracker.wantsAccounting(), "it may know this job, too");
        now.addAndGet(Verdict.ABSENCE_PATIENCE_MILLIS);
        queue();
        assertEquals(Outcome.Kind.UNKNOWN, ended());
        assertEquals(
                List.of("Job 12 is running on n1", "Slurm has lost job 12 and has given its id to another job"),
                client.lines());
    }

    @Test
    void aChangedCommentProvesNothing() {
        start("12", 0);
        queue(FakeHeadNode.row("12", JobState.TIMEOUT, "", "reviewed by the operators"));
        assertEquals(Outcome.Kind.TIME_LIMIT, ended());
    }

    @Test
    void aJobWithTheSameIdOnAnotherClusterDoesNotCount() {
        JobRecord elsewhere = EngineFixture.submitted("12;cluster2");
        JobTracker some = tracker(elsewhere, client);
        assertEquals("12;cluster2", some.elsewhere());
        for (int i = 0; i < 2; i++) {
            some.observed(
                    null,
                    rows(
                            FakeHeadNode.row("12", JobState.OUT_OF_MEMORY, ""),
                            FakeHeadNode.row("12;cluster2", JobState.TIMEOUT, "")),
                    null);
            now.addAndGet(Verdict.SETTLE_MILLIS);
        }
        assertEquals(Outcome.Kind.TIME_LIMIT, ended());
        assertEquals("", tracker.elsewhere());
    }

    @Test
    void theReasonForWaitingIsReportedWhenItChanges() {
        queue(JobState.PENDING, "Priority");
        queue(JobState.PENDING, "Priority");
        queue(JobState.PENDING, "Resources");
        queue(JobState.CONFIGURING, "None");
        queue(JobState.RUNNING, "None");
        queue(JobState.COMPLETING, "None");
        assertEquals(
                List.of("Job 12 is pending (Priority)", "Job 12 is pending (Resources)", "Job 12 is configuring"),
                client.lines());
        assertEquals("COMPLETING", record.state());
    }

    @Test
    void aJobThatIsNotListedIsNeitherFinishedNorForgotten() {
        start("12", 0);
        queue(FakeHeadNode.row("11", JobState.COMPLETED, ""));
        assertAlive();
        assertTrue(tracker.wantsQueue());
        queue(JobState.RUNNING, "None");
        assertFalse(tracker.wantsQueue());
        assertAlive();
    }

    @Test
    void silenceIsReportedOnceUntilThereIsAnAnswer() {
        tracker.answered();
        tracker.silent("offline");
        tracker.silent("still offline");
        tracker.answered();
        tracker.answered();
        tracker.silent("offline");
        assertEquals(
                List.of(
                        "No answer about job 12; the job goes on, and the plugin keeps asking: offline",
                        "Job 12 can be asked about again",
                        "No answer about job 12; the job goes on, and the plugin keeps asking: offline"),
                client.lines());
        assertAlive();
    }

    @Test
    void aJobThatCanNeverStartIsGivenUpAfterAWhile() {
        queue(JobState.PENDING, "PartitionNodeLimit");
        assertEquals(List.of(), dooms);
        now.addAndGet(Verdict.CANNOT_START_PATIENCE_MILLIS);
        queue(JobState.PENDING, "PartitionNodeLimit");
        assertEquals(Outcome.Kind.NEVER_RUNNABLE, dooms.get(0).kind());
        assertTrue(dooms.get(0).detail().contains("PartitionNodeLimit"));
        assertAlive();
    }

    @Test
    void aJobThatStartsAfterAllIsNotCancelled() {
        record.cancelFor(Outcome.of(Outcome.Kind.WAITED_TOO_LONG, "Slurm: Priority"));
        start("12", 0);
        assertNull(record.cancelReason());
        assertAlive();
    }

    @Test
    void theTimeWithoutAnswersIsReported() {
        tracker.silent("offline");
        now.addAndGet(5_000);
        tracker.silent("offline");
        tracker.answered();
        now.addAndGet(5_000);
        tracker.silent("offline");
        assertEquals(List.of(0L, 5_000L, 0L), silences);
    }

    /** A thousand tasks that print megabytes fill answer after answer: the turn of one of them may come late. */
    @Test
    void anEndWaitsForOutputThatDidNotFitIntoAnswers() {
        start("12", 0);
        prints("one\n", 0);
        exit(0, 0, false, 8);
        for (int i = 0; i < 5; i++) {
            now.addAndGet(Verdict.OUTPUT_PATIENCE_MILLIS - 1);
            tracker.crowded();
            tracker.observed(null, null, null);
        }
        assertAlive();
        prints("two\n", 4);
        assertEquals(Outcome.Kind.SUCCESS, ended());
        assertEquals("one\ntwo\n", client.output());
    }

    @Test
    void anEndDoesNotWaitForMissingOutputBecauseOthersPrint() {
        start("12", 0);
        exit(0, 0, false, 8);
        for (int i = 0; i < 25; i++) {
            now.addAndGet(Verdict.OUTPUT_PATIENCE_MILLIS - 1);
            tracker.crowded();
            tracker.observed(null, null, null);
        }
        assertEquals(Outcome.Kind.SUCCESS, ended());
    }

    @Test
    void aReasonThatChangesIsWaitedFor() {
        queue(JobState.PENDING, "PartitionNodeLimit");
        now.addAndGet(Verdict.CANNOT_START_PATIENCE_MILLIS - 1_500);
        queue(JobState.PENDING, "Resources");
        now.addAndGet(10 * Verdict.CANNOT_START_PATIENCE_MILLIS);
        queue(JobState.PENDING, "Resources");
        assertEquals(List.of(), dooms);
    }

    @Test
    void theAccountingIsAskedOnlyAboutAJobThatIsGone() {
        queue(JobState.RUNNING, "None");
        assertEquals("", tracker.wantsAccounting());
        queue();
        assertEquals("12", tracker.wantsAccounting());
        tracker.observed(null, rows(), accounts(known(JobState.CANCELLED, "CANCELLED by 1000", "")));
        assertEquals(Outcome.Kind.CANCELLED, ended());
        assertEquals("by user 1000", ends.get(0).detail());
    }

    @Test
    void theEndOfAnEarlierAttemptIsIgnored() {
        start("12", 0);
        exit(0, 143, true, 0);
        assertEquals(0, tracker.watch().ended());
        start("12", 1);
        assertEquals(-1, tracker.watch().ended());
        assertAlive();
    }

    /** What a killed slurmctld forgets it does again; a program that failed has failed all the same. */
    @Test
    void theEndOfTheFirstRunCountsAfterAStartThatDidNothing() {
        start("12", 0);
        ExitRecord nothing = new ExitRecord("12", 1, 9, 76, false, false, false, 0);
        tracker.observed(news("", 0, null, nothing), null, null);
        queue(JobState.FAILED, "NonZeroExitCode");
        assertAlive();
        assertEquals(1, tracker.watch().ended(), "any other end is news");
        ExitRecord end = new ExitRecord("12", 0, 9, 36, true, false, false, 0);
        tracker.observed(news("", 0, null, end.beforeRepeatedStart()), null, null);
        assertEquals(Outcome.Kind.FAILURE, ended());
        assertEquals(36, ends.get(0).exitCode());
    }

    @Test
    void aRunThatWasCutOffByAStartThatDidNothingIsGivenUpInTheEnd() {
        start("12", 0);
        ExitRecord nothing = new ExitRecord("12", 1, 9, 76, false, false, false, 0);
        tracker.observed(news("", 0, null, nothing), null, null);
        now.addAndGet(Verdict.ABSENCE_PATIENCE_MILLIS - 1);
        tracker.observed(null, null, null);
        assertAlive();
        now.addAndGet(1);
        tracker.observed(null, null, null);
        assertEquals(Outcome.Kind.NODE_FAILURE, ended());
    }

    /** A controller that restarts every minute would never have waited for two. */
    @Test
    void theTimeThatAJobIsGoneSurvivesTheController() {
        start("12", 0);
        queue();
        assertEquals(2, saves, "the start, and that it is gone");
        String word = "0 -1 ABSENT";
        assertTrue(record.lastWord(word, System.currentTimeMillis() + 5_000) >= 5_000, "it is remembered");
        JobRecord gone = EngineFixture.submitted("12");
        gone.attemptStarted(0, "n1", 5_000);
        gone.lastWord(word, System.currentTimeMillis() - Verdict.ABSENCE_PATIENCE_MILLIS);
        JobTracker next = tracker(gone, client);
        next.observed(null, rows(), null);
        assertEquals("12", next.wantsAccounting(), "this life can ask it, too");
        assertAlive();
        now.addAndGet(QueueMemory.FRESH_MILLIS);
        next.observed(null, rows(), null);
        assertEquals(Outcome.Kind.UNKNOWN, ended());
    }

    @Test
    void slurmsAnswersAboutAnEarlierAttemptDoNotCount() {
        record.lastWord("0 -1 ABSENT", System.currentTimeMillis() - Verdict.ABSENCE_PATIENCE_MILLIS);
        start("12", 1);
        queue();
        now.addAndGet(QueueMemory.FRESH_MILLIS);
        queue();
        assertAlive();
    }

    @Test
    void whetherARunWasCutOffIsKnownAfterARestartOfTheController() {
        record.endSeen(1, System.currentTimeMillis() - Verdict.ABSENCE_PATIENCE_MILLIS);
        ExitRecord nothing = new ExitRecord("12", 1, 9, 76, false, false, false, 0);
        tracker.observed(news("", 0, new StartRecord("12", 0, 5, "n1"), nothing), null, null);
        assertEquals(Outcome.Kind.NODE_FAILURE, ended());
    }
}
