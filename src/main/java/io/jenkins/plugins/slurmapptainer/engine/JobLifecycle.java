package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.headnode.Transfer;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Carries one job from its record's phase to its end: stages and submits it, hands it to the monitor, cancels it.
 * Methods may be called by any thread and return at once.
 */
public final class JobLifecycle {
    private static final Logger LOGGER = Logger.getLogger(JobLifecycle.class.getName());
    /** {@code sbatch: Job 12 to start at 2026-01-31T12:00:00 using …}, on standard error (22.05 to 26.05). */
    private static final Pattern EXPECTED_START = Pattern.compile(" to start at ([0-9T:-]{19})");

    private static final long FIRST_RETRY_MILLIS = 2_000;
    private static final long MAX_RETRY_MILLIS = 60_000;

    private final JobRecord record;
    private final JobHost host;
    private final HeadNodes headNodes;
    private final Monitor monitor;
    private final JobThreads threads;
    private final NextStep next = new NextStep();
    private final Interruption staging = new Interruption();
    private final Supplier<EngineSettings> settings;
    private final Tracking tracking;
    private final Cancellation cancellation;
    private final JobCompletion ending;
    private final OutageTimer refusal;
    private final OutageTimer silence;
    private final OutageTimer files;
    private final JobLog log;
    private final FilesTurn turn;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private int variables;
    /** An error of a program has been told. */
    private boolean broken;

    private String lastTrouble = "";

    JobLifecycle(
            JobRecord record,
            JobHost host,
            HeadNodes headNodes,
            Monitor monitor,
            JobThreads threads,
            Supplier<EngineSettings> settings) {
        this.record = record;
        this.log = new JobLog(record, host);
        this.host = host;
        this.headNodes = headNodes;
        this.monitor = monitor;
        this.threads = threads;
        this.settings = settings;
        this.tracking = new Tracking(record, host, monitor, threads, new Steering());
        this.cancellation = new Cancellation(record, host, headNodes, monitor, threads, tracking::isIdTaken);
        this.refusal = new OutageTimer(record::refused, this::save);
        this.silence = new OutageTimer(record::silent, this::saveSoon);
        this.turn = new FilesTurn(threads, host);
        this.ending = new JobCompletion(record, host, headNodes, threads, turn, settings);
        this.files = new OutageTimer(record::uncopied, this::save);
    }

    public JobRecord record() {
        return record;
    }

    /** Carries on from the record's phase. Called once per process. */
    public void begin() {
        carryOnLater(0);
    }

    /** Ends the job as soon as Slurm can; the host is told as of any other end. May be called again. */
    public void cancel() {
        record.cancelling();
        log.fine(() -> "is to be cancelled");
        threads.execute(Work.CANCEL, () -> {
            save();
            cancellation.send();
            if (record.phase() == JobRecord.Phase.PREPARING) {
                endUnsubmitted();
            }
        });
    }

    /** Neither a thread nor a time nor files are waited for any longer. */
    private void endUnsubmitted() {
        staging.interrupt();
        Runnable waiting = next.take();
        if (waiting != null) {
            waiting.run();
        }
    }

    /** Whether Slurm has been asked to end the job and has not refused. */
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

    /** Whoever cancelled has perhaps not seen yet that this waits. */
    private void endIfCancelledMeanwhile(Runnable waiting) {
        if (record.isCancelling() && record.phase() == JobRecord.Phase.PREPARING) {
            threads.execute(Work.CANCEL, waiting);
        }
    }

    private Work work() {
        return switch (record.phase()) {
            case PREPARING -> preparation();
            case ENDED -> ending.work();
            default -> Work.CALL;
        };
    }

    private Work preparation() {
        try {
            return host.usesWorkspace() ? Work.FILES : Work.CALL;
        } catch (RuntimeException e) {
            LOGGER.log(Level.FINE, "the plan will say what is wrong", e);
            return Work.FILES;
        }
    }

    private void carryOn() throws IOException, InterruptedException {
        switch (record.phase()) {
            case PREPARING:
                prepare();
                break;
            case SUBMITTING:
                submit("", JobEnvironment.NONE);
                break;
            case SUBMITTED:
                follow();
                break;
            default:
                ending.finish();
        }
    }

    private void attempt(Step step) {
        try {
            step.run();
        } catch (NotReadyException e) {
            notReady(e);
        } catch (IOException e) {
            later("", String.valueOf(e.getMessage()));
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

    /** An error of a program, here or in what the host does: no job may go on that no build waits for. */
    private void broken(Throwable trouble) {
        boolean mistake = trouble instanceof InvalidRequestException && record.phase() == JobRecord.Phase.PREPARING;
        // What a user can mend stands in the build, and is nothing for an administrator.
        LOGGER.log(mistake ? Level.FINE : Level.WARNING, trouble, () -> "cannot carry on with job " + record.token());
        if (record.phase() == JobRecord.Phase.ENDED) {
            host.failed(trouble);
        } else if (record.phase() == JobRecord.Phase.PREPARING) {
            try {
                if (!mistake) {
                    host.say("The job could not be prepared, nothing was submitted: " + trouble);
                }
            } finally {
                host.failed(trouble);
            }
        } else if (!broken) {
            broken = true;
            String subject = record.phase() == JobRecord.Phase.SUBMITTING
                    ? "the job may have been submitted"
                    : "job " + record.jobId() + " could not be followed, and may still run";
            try {
                host.givenUp(subject + "; it is cancelled as soon as that is possible: " + trouble);
            } finally {
                record.cancelling();
                carryOnLater(0);
                cancel();
            }
        }
    }

    private void prepare() throws IOException, InterruptedException {
        if (endIfCancelled()) {
            return;
        }
        JobPlan plan = host.plan();
        record.planned(plan);
        HeadNodes.Found found = headNodes.any(record.headNode());
        StageRequest request = plan.stageRequest(record.directory());
        StageAnswer staged;
        try {
            staged = staging.during(() -> plan.workspace().remote()
                    ? new Transfer(found.headNode(), host.workspace(), host::say).stage(request)
                    : found.headNode().stage(request, host::say));
        } catch (IOException e) {
            if (!endIfCancelled()) {
                unstaged(String.valueOf(e.getMessage()));
            }
            return;
        } catch (InterruptedException e) {
            if (endIfCancelled()) {
                return;
            }
            throw e;
        }
        staged.notes().stream().map(Printable::ofSentence).forEach(host::say);
        if (staged.files() > 0) {
            host.say((staged.copied() ? "Staged " : "Using in place ") + StatusText.count(staged.files(), "file") + ", "
                    + ByteText.of(staged.bytes()) + ", in " + staged.workingDirectory());
        }
        if (endIfCancelled()) {
            return;
        }
        record.staged(
                plan.directories(record.directory(), staged).working(),
                staged.copied() ? "" : staged.workingDirectory());
        log.fine(() -> staged.files() + " files staged by agent " + found.agent() + " in " + staged.workingDirectory());
        String script = plan.render(record.directory(), staged);
        if (plan.dryRun()) {
            dryRun(found.headNode(), script);
            return;
        }
        record.submitting(found.agent());
        host.save();
        // FILES_DIR is always there and names no file.
        variables = staged.exports().size() - 1;
        then(Work.CALL, () -> submit(script, plan.environment()), 0);
    }

    /** What passes by itself is waited for, but not for ever. */
    private void unstaged(String trouble) {
        long limit = settings.get().fileLimit().toMillis();
        long tried = files.millis(limit);
        if (tried >= limit) {
            end(Outcome.of(
                    Outcome.Kind.NOT_SUBMITTED,
                    "files: not copied, tried for " + DurationText.of(tried) + ": " + trouble));
        } else {
            later(" for up to " + DurationText.of(limit), trouble);
        }
    }

    /** Shows the script and what Slurm says of it. A restart in between does it once more. */
    private void dryRun(HeadNode headNode, String script) throws IOException, InterruptedException {
        SubmitAnswer answer = headNode.submit(SubmitRequest.dryRun(record.directory(), script));
        switch (answer.result()) {
            case CHECKED:
                host.say("Dry run, nothing is submitted. The batch script:");
                byte[] text = script.getBytes(StandardCharsets.UTF_8);
                host.output(text, text.length);
                host.say(answer.text());
                Matcher start = EXPECTED_START.matcher(answer.text());
                record.expectedStart(start.find() ? start.group(1) : "");
                end(Outcome.success());
                break;
            case REJECTED:
                end(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, "sbatch: " + answer.text()));
                break;
            default:
                refused(Outcome.Kind.NOT_SUBMITTED, answer.text());
        }
    }

    /** Asks for the one submission, with the script or, after an interruption, with what is there. */
    private void submit(String script, JobEnvironment environment) throws IOException, InterruptedException {
        HeadNodes.Found found = headNodes.any(record.headNode());
        // What is going to be cancelled anyway is not submitted for that.
        SubmitRequest request = record.isCancelling()
                ? SubmitRequest.lookUp(record.directory())
                : new SubmitRequest(
                        record.directory(), script, environment, !record.tasks().isEmpty());
        log.fine(() -> "asks agent " + found.agent() + " for its submission (" + request.purpose() + ")");
        SubmitAnswer answer = answer(found.headNode(), request);
        log.fine(() -> "submission: " + answer.result() + " " + answer.jobId() + " " + answer.text());
        switch (answer.result()) {
            case SUBMITTED:
                record.submittedBy(answer.user());
                record.submitted(answer.jobId(), System.currentTimeMillis());
                save();
                StatusText.submitted(record, variables).forEach(host::say);
                follow();
                break;
            case NOT_PREPARED:
                // There is no job: an abort ends the staging at once, as before the first submission.
                record.preparing();
                then(preparation(), this::prepare, 0);
                break;
            case REJECTED:
                end(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, "sbatch: " + answer.text()));
                break;
            case NOT_NOW:
                if (!endIfCancelled()) {
                    refused(Outcome.Kind.NOT_SUBMITTED, answer.text());
                }
                break;
            default:
                refused(Outcome.Kind.UNKNOWN, answer.text());
        }
    }

    /** Of an answer that cannot be read nobody knows whether it tells of a job. */
    private static SubmitAnswer answer(HeadNode headNode, SubmitRequest request)
            throws IOException, InterruptedException {
        try {
            return headNode.submit(request);
        } catch (RuntimeException | Error e) {
            LOGGER.log(
                    Level.WARNING,
                    e,
                    () -> "no answer about " + request.directory().token());
            return SubmitAnswer.unclear("there is no answer that could be read: " + e);
        }
    }

    private boolean endIfCancelled() {
        if (record.isCancelling()) {
            end(Outcome.of(Outcome.Kind.CANCELLED, "by this build, before it was submitted"));
        }
        return record.isCancelling();
    }

    private void refused(Outcome.Kind atLast, String text) {
        long limit = settings.get().submitLimit().toMillis();
        long tried = refusal.millis(limit);
        if (tried >= limit) {
            end(Outcome.of(atLast, "tried for " + TimeUnit.MILLISECONDS.toSeconds(tried) + " s; sbatch: " + text));
        } else {
            later(" for up to " + DurationText.of(limit), text);
        }
    }

    /** @param limit how long, in words that follow a verb, empty for as long as it takes */
    private void later(String limit, String trouble) {
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            host.say("Cannot submit now, will try again" + limit + ": " + trouble);
        }
        long delay = retryMillis;
        log.fine(() -> "is tried again in " + delay + " ms: " + trouble);
        retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
        carryOnLater(delay);
    }

    private void follow() {
        record.shown(host.savedOffset(record.offset()));
        tracking.begin();
        threads.execute(Work.CANCEL, cancellation::send);
    }

    /** What the follower finds out, made to happen. */
    private final class Steering implements JobOwner {
        /** It need not be ended any more. */
        @Override
        public void started(StartRecord start) {
            record.reprieved();
        }

        @Override
        public void end(Outcome outcome) {
            JobLifecycle.this.end(outcome);
        }

        /** The job would wait for ever: ends it, and remembers why. */
        @Override
        public void doom(Outcome reason) {
            record.doomed(reason);
            threads.execute(Work.CANCEL, () -> {
                save();
                cancellation.send();
            });
        }

        @Override
        public void changed() {
            saveSoon();
        }

        @Override
        public void silentFor(long millis, String why) {
            long limit = settings.get().silenceLimit().toMillis();
            long all = limit > 0 ? silence.millis(limit) : -1;
            if (all >= limit && !record.isCancelling()) {
                try {
                    host.givenUp("nobody has answered about job " + record.jobId() + " for "
                            + DurationText.of(all)
                            + ", the limit of this Jenkins; it is cancelled as soon as that is possible: " + why);
                } finally {
                    cancel();
                }
            }
        }

        @Override
        public void answered() {
            silence.over();
            if (record.answered()) {
                saveSoon();
            }
        }
    }

    private void end(Outcome found) {
        Outcome doom = record.doom();
        Outcome outcome = doom != null && found.kind() == Outcome.Kind.CANCELLED ? doom : found;
        record.ended(outcome, System.currentTimeMillis());
        log.fine(() -> "ended: " + outcome.kind() + " " + outcome.detail());
        save();
        tracking.end();
        Work work = ending.work();
        Runnable begin = () -> {
            try {
                ending.begin();
            } catch (RuntimeException | Error e) {
                broken(e);
            }
        };
        threads.execute(work, turn.told(work, begin, 0));
    }

    private void save() {
        try {
            host.save();
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot save the record of job " + record.jobId());
        }
    }

    /** What comes with the end is saved with it. */
    private void saveSoon() {
        threads.execute(Work.RECORD, () -> {
            if (record.phase() != JobRecord.Phase.ENDED) {
                save();
            }
        });
    }
}
