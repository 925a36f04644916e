package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * The lines about a job array. Progress is reported rarely enough to be readable. Something unusual is reported once
 * for all tasks that it happens to.
 */
final class ArrayMessages implements JobMessages {
    /** All rows of one answer come within this time, and the next answer later. */
    private static final long ANSWER_MILLIS = 1_000;

    private static final long PROGRESS_MILLIS = 10_000;
    private static final int MAX_FAILURES = 20;
    private static final int MAX_NOTES = 50;
    /** The reason if the build's own limit makes tasks wait. */
    private static final String OWN_LIMIT = "JobArrayTaskLimit";

    private final JobRecord job;
    private final JobConsole console;
    private final JobThreads threads;
    private final LongSupplier clock;
    /** When a row told what the array waits for. */
    private long waitingAt;

    private final Set<String> told = new HashSet<>();
    private String shown = "";
    private long shownAt;
    private boolean planned;
    private boolean over;
    private boolean silent;
    private int failures;
    private int notes;

    ArrayMessages(JobRecord job, JobConsole console, JobThreads threads, LongSupplier clock) {
        this.job = job;
        this.console = console;
        this.threads = threads;
        this.clock = clock;
        this.shownAt = clock.getAsLong() - PROGRESS_MILLIS;
        this.waitingAt = clock.getAsLong() - ANSWER_MILLIS;
    }

    /** Called when the number of tasks that run, wait or have ended has changed. */
    synchronized void progress() {
        long wait = shownAt + PROGRESS_MILLIS - clock.getAsLong();
        if (wait <= 0) {
            show();
        } else if (!planned) {
            planned = true;
            threads.schedule(Work.RECORD, this::showPlanned, wait);
        }
    }

    private synchronized void showPlanned() {
        planned = false;
        show();
    }

    private void show() {
        String now = ArrayCount.of(job).toString();
        if (!over && !now.equals(shown)) {
            shown = now;
            shownAt = clock.getAsLong();
            console.say("Job " + job.jobId() + ": " + now);
        }
    }

    /** Called when a task has ended and its record says so. */
    synchronized void ended(TaskRecord task) {
        Outcome outcome = task.outcome();
        if (outcome != null && !outcome.isSuccess() && ++failures <= MAX_FAILURES) {
            console.say(OutcomeText.ofTask(task)
                    + (failures == MAX_FAILURES ? "; further failures are on the page of the build's Slurm jobs" : ""));
        }
        progress();
    }

    /** Called when all tasks have ended. */
    synchronized void end() {
        show();
        over = true;
    }

    @Override
    public synchronized void started(StartRecord start) {
        if (start.attempt() > 0) {
            note("Job " + start.jobId() + " was started again (restart " + start.attempt() + ") on " + start.node());
        }
    }

    @Override
    public synchronized void listed(QueueEntry row, boolean ordinary) {
        if (row.state().isWaiting() && job.startedAttempt() < 0 && isFirstOfAnswer()) {
            job.queueSays(row.printedState(), row.reason(), "");
            job.waitsFor(row.reason(), System.currentTimeMillis());
            job.expectedStart(row.start());
        }
        String reason = row.hasReason() ? " (" + row.reason() + ")" : "";
        if (!ordinary && !OWN_LIMIT.equals(row.reason()) && told.add(row.state() + reason)) {
            note("Tasks of job " + job.jobId() + " are " + row.printedState().toLowerCase(Locale.ROOT) + reason);
        }
    }

    /** The tasks of an array that wait may wait for several things. The first row of each answer stands for all. */
    private boolean isFirstOfAnswer() {
        long now = clock.getAsLong();
        boolean first = now - waitingAt >= ANSWER_MILLIS;
        waitingAt = first ? now : waitingAt;
        return first;
    }

    @Override
    public synchronized void silent(String why) {
        if (!silent) {
            silent = true;
            console.say(
                    "No answer about job " + job.jobId() + "; the job goes on, and the plugin keeps asking: " + why);
        }
    }

    @Override
    public synchronized void answered() {
        if (silent) {
            silent = false;
            console.say("Job " + job.jobId() + " can be asked about again");
        }
    }

    @Override
    public synchronized void note(String line) {
        if (!over && ++notes <= MAX_NOTES) {
            console.say(notes < MAX_NOTES ? line : line + "; further messages of this kind are left out");
        }
    }
}
