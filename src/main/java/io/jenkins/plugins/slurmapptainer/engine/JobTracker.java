package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmRows;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Tracks one submitted job: collects evidence, shows output and changes of state, and reports the outcome once. */
final class JobTracker implements MonitoredJob {
    /** How long to wait for the end of a task's line, because all tasks share one console. */
    private static final long TASK_LINE_MILLIS = 1_500;

    private final TrackedJob tracked;
    private final JobDirectory directory;
    private final String key;
    private final JobRecord job;
    private final JobProgress record;
    private final JobMessages messages;
    private final JobOwner owner;
    private final LongSupplier clock;
    private final QueueMemory slurm;
    private final ShownOutput output;
    private final OutageReport outage;
    private final SeenEnd end;
    private boolean wantsQueue;
    private boolean cannotStart;
    private boolean over;
    /** Whether the last round was not processed completely. */
    private boolean failing;
    /** Whether the current answer may have had no room for this job's output. */
    private boolean crowded;

    private volatile boolean idTaken;

    /** @param clock gives milliseconds and never goes back */
    JobTracker(TrackedJob tracked, JobOwner owner, LongSupplier clock) {
        this.tracked = tracked;
        this.job = tracked.job();
        this.record = tracked.progress();
        this.messages = tracked.messages();
        this.owner = owner;
        this.clock = clock;
        this.slurm = new QueueMemory(record);
        this.output = new ShownOutput(record, tracked.console(), tracked.isTask() ? TASK_LINE_MILLIS : 0, clock);
        this.outage = new OutageReport(messages, owner, clock);
        this.end = new SeenEnd(clock);
        this.directory = job.directory();
        this.key = watch().key();
    }

    @Override
    public ObservedJob watch() {
        return new ObservedJob(
                directory.token(),
                tracked.task(),
                tracked.showsOutput() ? output.received() : ObservedJob.NO_OUTPUT,
                record.startedAttempt(),
                end.attempt(),
                slurm.saysMoreThan(record.startedAttempt() >= 0, end.exit() != null));
    }

    @Override
    public String key() {
        return key;
    }

    @Override
    public String preferredAgent() {
        return job.headNode();
    }

    @Override
    public boolean wantsQueue() {
        return wantsQueue || isBeingEnded();
    }

    @Override
    public boolean isRestless() {
        return !over && (wantsQueue() || end.exit() != null || pause() != Long.MAX_VALUE);
    }

    @Override
    public String wantsAccounting() {
        ExitRecord exit = end.exit();
        // The queue does not say who cancelled it.
        boolean byOthers = slurm.saysCancelled() && !isBeingEnded();
        boolean useful = (slurm.saidNothing() || byOthers) && (exit == null || !exit.speaksForItself());
        // For an array: one row about several tasks tells what happened to tasks that never started.
        return useful ? job.jobId() : "";
    }

    @Override
    public boolean wantsRestarts() {
        ExitRecord exit = end.exit();
        boolean speaks = exit != null && exit.speaksForItself();
        boolean cutOff = exit == null && slurm.saysFailed();
        boolean unasked = exit != null && !exit.signalled() && slurm.saysByRequest() && !isBeingEnded();
        return (job.description().mayRequeue() || cutOff || unasked) && !speaks && slurm.lacksRestarts(exit != null);
    }

    /** Whether the job is being cancelled. Of an array that can never start, only the waiting tasks are. */
    private boolean isBeingEnded() {
        return job.isCancelling() || job.cancelReason() != null && (!tracked.isTask() || endsWithWaiting());
    }

    /** Whether the outcome has been reported. */
    boolean isOver() {
        return over;
    }

    /** Whether cancelling everything that waits ends it. */
    boolean endsWithWaiting() {
        return cannotStart || record.startedAttempt() < 0;
    }

    /** Whether it may still start, or start again, without help. */
    boolean mayStillStart() {
        return !cannotStart && (slurm.saysWaiting() || record.startedAttempt() < 0);
    }

    @Override
    public String elsewhere() {
        return JobId.elsewhere(record.jobId());
    }

    @Override
    public void observed(
            @CheckForNull JobNews news,
            @CheckForNull SlurmRows<QueueEntry> rows,
            @CheckForNull SlurmRows<AccountingEntry> accounting) {
        if (over) {
            return;
        }
        failing = true;
        if (news != null) {
            started(news.started());
            output(news);
            ended(news.exit());
        }
        if (rows != null) {
            listed(rows);
        }
        if (accounting != null) {
            slurm.accounting(accounting.of(record.jobId()), directory.token());
        }
        if (news != null || !crowded) {
            output.due();
        }
        crowded = false;
        decide();
        failing = false;
    }

    private void started(@CheckForNull StartRecord start) {
        if (start == null || start.attempt() <= record.startedAttempt()) {
            return;
        }
        adopt(start.jobId());
        record.attemptStarted(start.attempt(), start.node(), TimeUnit.SECONDS.toMillis(start.time()));
        end.startedAgain(start.attempt());
        slurm.forget();
        cannotStart = false;
        tracked.log().fine(() -> tracked.prefix() + start.text());
        messages.started(start);
        owner.started(start);
        owner.changed();
    }

    private void adopt(String jobId) {
        String qualified = tracked.qualified(jobId);
        if (!record.jobId().equals(qualified)) {
            messages.note(
                    "Job " + jobId + " runs the script that was submitted as job " + record.jobId() + "; following it");
            record.adopt(qualified);
        }
    }

    private void output(JobNews news) {
        if (news.output().length > 0) {
            end.outputSeen();
            output.add(news.output(), news.from());
        }
    }

    @Override
    public long pause() {
        return over ? Long.MAX_VALUE : output.pause();
    }

    @Override
    public void crowded() {
        crowded = true;
        end.crowded();
    }

    private void ended(@CheckForNull ExitRecord news) {
        if (news != null && news.attempt() >= record.startedAttempt()) {
            end.seen(news, record.endSeen(news.attempt(), System.currentTimeMillis()));
            record.attemptEnded(TimeUnit.SECONDS.toMillis(news.time()), news.peakBytes());
            // What the queue said before this end does not explain how it came about.
            slurm.forget();
            owner.changed();
        }
    }

    private void listed(SlurmRows<QueueEntry> rows) {
        QueueEntry listed = QueueEntry.first(rows.of(record.jobId()));
        boolean another = listed != null && directory.isOfAnother(listed.comment());
        if (another && !idTaken) {
            messages.note("Slurm has lost job " + record.jobId() + " and has given its id to another job");
        }
        idTaken = idTaken || another;
        if (slurm.queue(another ? null : listed, rows.hasSiblings(record.jobId()), about(), clock.getAsLong())) {
            owner.changed();
        }
        QueueEntry row = slurm.entry();
        if (row != null) {
            record.queueSays(row, System.currentTimeMillis());
            messages.listed(row, end.exit() != null || row.state().isOrdinaryCourse());
        }
    }

    /** What has happened so far. If that changes, later answers of Slurm are about something else. */
    private String about() {
        return record.startedAttempt() + " " + end.attempt();
    }

    /** Whether the job's id now belongs to another job, so that nothing may be done to it. */
    boolean isIdTaken() {
        return idTaken;
    }

    private void decide() {
        boolean beingEnded = isBeingEnded();
        ExitRecord exit = end.exit();
        boolean complete = exit == null || !tracked.showsOutput() || output.received() >= exit.outputBytes();
        Evidence evidence = new Evidence(
                exit,
                end.age(),
                complete,
                end.outputAge(),
                slurm.said(),
                slurm.entry(),
                slurm.age(clock.getAsLong()),
                idTaken,
                slurm.accounting(),
                record.startedAttempt(),
                slurm.restarts(),
                slurm.startedSince(),
                exit != null && slurm.endedAfter(exit.time()),
                job.description().mayRequeue(),
                job.hasWaitedTooLong(System.currentTimeMillis()),
                beingEnded);
        Verdict verdict = Verdict.of(evidence);
        wantsQueue = verdict.askQueue();
        Outcome reason = verdict.cancelReason();
        QueueEntry row = slurm.entry();
        if (!beingEnded && row != null && !row.state().isEnded()) {
            cannotStart = reason != null;
        }
        if (reason != null && !beingEnded && owner.endsWhatCannotStart()) {
            tracked.log().fine(() -> tracked.prefix() + "cannot start: " + reason.kind() + " by " + evidence);
            messages.note(StatusText.cancelled(record, reason));
            owner.cancelFor(reason);
        }
        if (verdict.outcome() != null) {
            Outcome outcome = verdict.outcome();
            tracked.log()
                    .fine(() -> tracked.prefix() + "verdict " + outcome.kind() + " " + outcome.detail() + " by "
                            + evidence);
            output.finish();
            over = true;
            owner.end(verdict.outcome());
        }
    }

    @Override
    public void silent(String why) {
        if (!over) {
            output.due();
            outage.goesOn(why);
        }
    }

    @Override
    public void answered() {
        if (!failing) {
            outage.ends();
        }
    }
}
