package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Carries one job from the state in its record to its end: prepares, submits, tracks and, if wanted, cancels it. Every
 * thread may call its methods. They return at once.
 */
public final class JobLifecycle {
    private static final Logger LOGGER = Logger.getLogger(JobLifecycle.class.getName());

    private final JobRecord record;
    private final JobClient client;
    private final JobThreads threads;
    private final Supplier<EngineSettings> settings;
    private final NextStep next = new NextStep();
    private final RecordSaving saving;
    private final JobPreparation preparation;
    private final JobSubmission submission;
    private final JobTrackers trackers;
    private final Cancellation cancellation;
    private final JobCompletion completion;
    private final JobLog log;
    private final FilesTurn turn;
    private final Backoff backoff = new Backoff();
    private final Notices notices;
    /** Whether a programming error has been reported. */
    private boolean broken;

    JobLifecycle(
            JobRecord record,
            JobClient client,
            HeadNodes headNodes,
            Monitor monitor,
            JobThreads threads,
            Supplier<EngineSettings> settings) {
        this.record = record;
        this.client = client;
        this.threads = threads;
        this.settings = settings;
        this.log = new JobLog(record, client);
        this.notices = new Notices(client.console()::say);
        this.saving = new RecordSaving(record, client, threads);
        JobTransitions transitions = new Transitions();
        this.submission = new JobSubmission(record, client, log, headNodes, settings, transitions, saving);
        this.preparation =
                new JobPreparation(record, client, log, headNodes, settings, transitions, saving, submission);
        this.trackers = new JobTrackers(record, client, monitor, threads);
        this.cancellation = new Cancellation(record, client, log, headNodes, monitor, threads, trackers::isIdTaken);
        this.turn = new FilesTurn(threads, client.console());
        this.completion = new JobCompletion(record, client, log, headNodes, threads, turn, settings, saving);
    }

    public JobRecord record() {
        return record;
    }

    /** Starts or continues the job from its recorded phase. Called once in each process. */
    public void begin() {
        carryOnLater(0);
    }

    /** Cancels the job as soon as Slurm can. The client learns its end as for every other job. May be called again. */
    public void cancel() {
        record.cancelling();
        log.fine(() -> "is to be cancelled");
        threads.execute(Work.CANCEL, () -> {
            saving.now();
            cancellation.send();
            if (record.phase() == JobRecord.Phase.PREPARING) {
                endUnsubmitted();
            }
        });
    }

    /** Cancels the job because it has nothing to do any more. Such an end is a success. */
    public void release() {
        record.cancelFor(Outcome.success());
        cancel();
    }

    /** Ends a job that is not submitted, without waiting for a thread, a time or files. */
    private void endUnsubmitted() {
        preparation.interrupt();
        Runnable waiting = next.take();
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Whether Slurm has accepted the request to cancel the job. */
    public boolean isCancelTaken() {
        return cancellation.isTaken();
    }

    private interface Step {
        void run() throws IOException, InterruptedException;
    }

    private void carryOnLater(long delay) {
        then(work(), this::carryOn, delay);
    }

    private void then(Work work, Step step, long delay) {
        Runnable once = next.is(turn.told(work, () -> attempt(step), delay));
        threads.schedule(work, once, delay);
        endIfCancelledMeanwhile(once);
    }

    /** Ends the job if it was cancelled just before this waiting began. */
    private void endIfCancelledMeanwhile(Runnable waiting) {
        if (record.isCancelling() && record.phase() == JobRecord.Phase.PREPARING) {
            threads.execute(Work.CANCEL, waiting);
        }
    }

    private Work work() {
        return switch (record.phase()) {
            case PREPARING -> preparing();
            case ENDED -> completion.work();
            default -> Work.CALL;
        };
    }

    private Work preparing() {
        try {
            return client.usesWorkspace() ? Work.FILES : Work.CALL;
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "the plan will say what is wrong", e);
            return Work.FILES;
        }
    }

    private void carryOn() throws IOException, InterruptedException {
        switch (record.phase()) {
            case PREPARING:
                preparation.prepare();
                break;
            case SUBMITTING:
                submission.submit("", JobEnvironment.NONE, preparation.variables());
                break;
            case SUBMITTED:
                follow();
                break;
            default:
                completion.finish();
        }
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (NotReadyException e) {
            notReady(e);
        } catch (IOException e) {
            tryAgain("", String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down; the job goes on");
        } catch (RuntimeException | Error e) {
            broken(e);
        }
    }

    private void notReady(NotReadyException e) {
        CompletionStage<?> made = e.made();
        log.fine(() -> "waits: " + e.getMessage());
        if (made == null) {
            carryOnLater(e.pause().toMillis());
            return;
        }
        Runnable again = next.is(() -> attempt(this::carryOn));
        made.whenComplete((any, trouble) -> {
            Work work = work();
            threads.execute(work, turn.told(work, again, 0));
        });
        endIfCancelledMeanwhile(again);
    }

    /** Handles a programming error, here or in the client: no job may continue that no build waits for. */
    private void broken(Throwable trouble) {
        boolean mistake = trouble instanceof InvalidRequestException && record.phase() == JobRecord.Phase.PREPARING;
        // What a user can mend is shown in the build and is no matter for an administrator.
        LOGGER.log(mistake ? Level.FINE : Level.WARNING, trouble, () -> "cannot carry on with job " + record.token());
        if (record.phase() == JobRecord.Phase.ENDED) {
            client.failed(trouble);
        } else if (record.phase() == JobRecord.Phase.PREPARING) {
            try {
                if (!mistake) {
                    client.console().say("The job could not be prepared, nothing was submitted: " + trouble);
                }
            } finally {
                client.failed(trouble);
            }
        } else if (!broken) {
            broken = true;
            String subject = record.phase() == JobRecord.Phase.SUBMITTING
                    ? "the job may have been submitted"
                    : "job " + record.jobId() + " could not be followed, and may still run";
            try {
                client.givenUp(subject + "; it is cancelled as soon as that is possible: " + trouble);
            } finally {
                record.cancelling();
                carryOnLater(0);
                cancel();
            }
        }
    }

    /** @param limit how long it is tried, in words that follow a verb; empty for no limit */
    private void tryAgain(String limit, String trouble) {
        notices.say("Cannot submit now, will try again" + limit + ": ", trouble);
        long delay = backoff.next();
        log.fine(() -> "is tried again in " + delay + " ms: " + trouble);
        carryOnLater(delay);
    }

    private void follow() {
        if (record.startedAttempt() >= 0) {
            client.started();
        }
        record.shown(client.console().savedOffset(record.offset()));
        trackers.begin(
                new JobSteering(record, client, threads, settings, saving, cancellation, this::end, this::cancel));
        threads.execute(Work.CANCEL, cancellation::send);
    }

    private void end(Outcome found) {
        Outcome reason = record.cancelReason();
        Outcome outcome = reason != null && found.kind() == Outcome.Kind.CANCELLED ? reason : found;
        record.ended(outcome, System.currentTimeMillis());
        log.fine(() -> "ended: " + outcome.kind() + " " + outcome.detail());
        saving.now();
        trackers.end();
        Work work = completion.work();
        Runnable begin = () -> {
            try {
                completion.begin();
            } catch (RuntimeException | Error e) {
                broken(e);
            }
        };
        threads.execute(work, turn.told(work, begin, 0));
    }

    /** The next states after preparation and submission. */
    private final class Transitions implements JobTransitions {
        @Override
        public void submit(String batchScript, JobEnvironment environment) {
            then(Work.CALL, () -> submission.submit(batchScript, environment, preparation.variables()), 0);
        }

        /** From now on, an abort stops the staging at once, as before the first submission. */
        @Override
        public void prepareAgain() {
            record.preparing();
            then(preparing(), preparation::prepare, 0);
        }

        @Override
        public void follow() {
            JobLifecycle.this.follow();
        }

        @Override
        public void end(Outcome outcome) {
            JobLifecycle.this.end(outcome);
        }

        @Override
        public void tryAgain(String limit, String trouble) {
            JobLifecycle.this.tryAgain(limit, trouble);
        }

        @Override
        public boolean endIfCancelled() {
            if (record.isCancelling()) {
                JobLifecycle.this.end(Outcome.of(Outcome.Kind.CANCELLED, "by this build, before it was submitted"));
            }
            return record.isCancelling();
        }
    }
}
