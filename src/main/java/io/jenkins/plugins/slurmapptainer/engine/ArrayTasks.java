package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The tasks of one array. Each is tracked like a job. The array ends when its last task has ended. */
final class ArrayTasks {
    private static final Logger LOGGER = Logger.getLogger(ArrayTasks.class.getName());

    /**
     * The record of a large array is large, so it is saved rarely. Whatever is not saved yet can be found out again.
     */
    private static final long SAVE_MILLIS = 2_000;

    private static final long SAVE_MILLIS_PER_TASK = 10;

    private final JobRecord job;
    private final JobThreads threads;
    private final JobOwner owner;
    private final Consumer<JobTracker> forget;
    private final ArrayMessages messages;
    private final List<JobTracker> trackers = new ArrayList<>();
    private final long saveMillis;
    private boolean saving;
    private boolean over;

    /**
     * @param owner the owner of the whole array; it gets what the trackers of the tasks ask for
     * @param forget ends the tracking of a task
     * @param clock gives milliseconds and never goes back
     */
    ArrayTasks(
            JobRecord job,
            JobClient client,
            JobThreads threads,
            JobOwner owner,
            Consumer<JobTracker> forget,
            LongSupplier clock) {
        this.job = job;
        this.threads = threads;
        this.owner = owner;
        this.forget = forget;
        this.messages = new ArrayMessages(job, client.console(), threads, clock);
        this.saveMillis = Math.max(SAVE_MILLIS, job.tasks().size() * SAVE_MILLIS_PER_TASK);
        JobLog log = new JobLog(job, client);
        for (TaskRecord task : job.tasks()) {
            if (task.outcome() == null) {
                TaskOwner taskOwner = new TaskOwner(task);
                JobConsole console = new TaskConsole(task, client.console(), messages);
                task.shown(console.savedOffset(task.offset()));
                TrackedJob tracked = TrackedJob.ofTask(job, task, console, messages, log);
                taskOwner.tracker = new JobTracker(tracked, taskOwner, clock);
                trackers.add(taskOwner.tracker);
            }
        }
        if (trackers.isEmpty()) {
            threads.execute(Work.RECORD, this::endIfComplete);
        }
    }

    /** One tracker for each task that has not ended. */
    List<JobTracker> trackers() {
        return List.copyOf(trackers);
    }

    private synchronized void saveSoon() {
        if (!saving && !over) {
            saving = true;
            threads.schedule(Work.RECORD, this::save, saveMillis);
        }
    }

    private void save() {
        synchronized (this) {
            saving = false;
        }
        owner.changed();
    }

    private void endIfComplete() {
        synchronized (this) {
            if (over || job.tasks().stream().anyMatch(task -> task.outcome() == null)) {
                return;
            }
            over = true;
        }
        try {
            messages.end();
        } finally {
            owner.end(outcome());
        }
    }

    private Outcome outcome() {
        try {
            return ArrayOutcome.of(job);
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "no outcome of job " + job.jobId());
            return Outcome.of(Outcome.Kind.UNKNOWN, "all tasks have ended, but it is not known how: " + e);
        }
    }

    /** Another array with the same token has started first. From now on that one counts, also for a cancellation. */
    private void adopt(String startedTask) {
        JobId.ofSubmission(startedTask).ifPresent(array -> {
            if (!array.toString().equals(job.jobId())) {
                job.adopt(array.toString());
                job.tasks().stream()
                        .filter(task -> task.startedAttempt() < 0 && task.outcome() == null)
                        .forEach(task -> task.submitted(array.toString()));
            }
        });
    }

    /** If no task is left that could only wait, the running tasks need no longer be cancelled. */
    private void spareWhatRuns() {
        if (job.cancelReason() != null && trackers.stream().noneMatch(f -> !f.isOver() && f.endsWithWaiting())) {
            job.clearCancelReason();
        }
    }

    private final class TaskOwner implements JobOwner {
        private final TaskRecord task;
        private JobTracker tracker;

        TaskOwner(TaskRecord task) {
            this.task = task;
        }

        @Override
        public void started(StartRecord start) {
            adopt(task.jobId());
            if (job.startedAttempt() < 0) {
                job.attemptStarted(0, "", TimeUnit.SECONDS.toMillis(start.time()));
            }
            spareWhatRuns();
            messages.progress();
        }

        @Override
        public void end(Outcome found) {
            Outcome reason = job.cancelReason();
            boolean waited = reason != null && found.kind() == Outcome.Kind.CANCELLED && tracker.endsWithWaiting();
            task.cameTo(waited ? reason : found, System.currentTimeMillis());
            forget.accept(tracker);
            spareWhatRuns();
            try {
                messages.ended(task);
            } finally {
                saveSoon();
                endIfComplete();
            }
        }

        /**
         * A task that somebody holds does not keep others from running. So it is cancelled only when no other task can
         * start any more.
         */
        @Override
        public boolean endsWhatCannotStart() {
            return trackers.stream().noneMatch(f -> !f.isOver() && f.mayStillStart());
        }

        @Override
        public void cancelFor(Outcome reason) {
            owner.cancelFor(reason);
        }

        @Override
        public void changed() {
            saveSoon();
        }

        @Override
        public void silentFor(long millis, String why) {
            owner.silentFor(millis, why);
        }

        @Override
        public void answered() {
            owner.answered();
        }
    }
}
