package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The one submission of a job. It finds an interrupted submission again, and repeats one that Slurm cannot take now.
 * For one thread at a time.
 */
final class JobSubmission {
    private static final Logger LOGGER = Logger.getLogger(JobSubmission.class.getName());

    private final JobRecord record;
    private final JobClient client;
    private final HeadNodes headNodes;
    private final Supplier<EngineSettings> settings;
    private final JobTransitions transitions;
    private final RecordSaving saving;
    private final OutageTimer refusal;
    private final JobLog log;

    JobSubmission(
            JobRecord record,
            JobClient client,
            JobLog log,
            HeadNodes headNodes,
            Supplier<EngineSettings> settings,
            JobTransitions transitions,
            RecordSaving saving) {
        this.record = record;
        this.client = client;
        this.headNodes = headNodes;
        this.settings = settings;
        this.transitions = transitions;
        this.saving = saving;
        this.refusal = new OutageTimer(record::refused, saving::now);
        this.log = log;
    }

    /**
     * Submits once.
     *
     * @param batchScript empty after an interruption: then it is only looked up what is there
     * @param variables number of environment variables with the paths of uploaded files
     * @throws IOException when it must be tried again
     */
    void submit(String batchScript, JobEnvironment environment, int variables)
            throws IOException, InterruptedException {
        HeadNodes.Found found = headNodes.any(record.headNode());
        // A job that will be cancelled anyway is only looked up and not submitted.
        SubmitRequest request = record.isCancelling()
                ? SubmitRequest.lookUp(record.directory())
                : new SubmitRequest(
                                record.directory(),
                                batchScript,
                                environment,
                                !record.tasks().isEmpty() || record.files().hasTaskFiles())
                        .withMpi(
                                batchScript.isEmpty()
                                        ? ""
                                        : record.description().mpi());
        log.fine(() -> "asks agent " + found.agent() + " for its submission (" + request.purpose() + ")");
        SubmitAnswer answer = answer(found.headNode(), request);
        log.fine(() -> "submission: " + answer.result() + " " + answer.jobId() + " " + answer.text());
        switch (answer.result()) {
            case SUBMITTED:
                record.submittedBy(answer.user());
                record.submitted(answer.jobId(), System.currentTimeMillis());
                saving.now();
                StatusText.submitted(record, variables).forEach(client.console()::say);
                transitions.follow();
                break;
            case NOT_PREPARED:
                transitions.prepareAgain();
                break;
            case REJECTED:
                transitions.end(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, "sbatch: " + answer.text()));
                break;
            case NOT_NOW:
                if (!transitions.endIfCancelled()) {
                    notNow(Outcome.Kind.NOT_SUBMITTED, answer.text());
                }
                break;
            default:
                notNow(Outcome.Kind.UNKNOWN, answer.text());
        }
    }

    /** If an answer cannot be read, nobody knows whether there is a job. */
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

    /**
     * Slurm cannot take the job now. It is tried again for as long as the settings allow.
     *
     * @param atLast the outcome of the job after that
     */
    void notNow(Outcome.Kind atLast, String text) {
        long limit = settings.get().submitLimit().toMillis();
        long tried = refusal.millis(limit);
        if (tried >= limit) {
            long seconds = TimeUnit.MILLISECONDS.toSeconds(tried);
            transitions.end(Outcome.of(atLast, "tried for " + seconds + " s; sbatch: " + text));
        } else {
            transitions.tryAgain(" for up to " + DurationText.of(limit), text);
        }
    }
}
