package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.headnode.Transfer;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.CountText;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prepares one job for its submission: plan, files, batch script. A dry run ends here. For one thread at a time. */
final class JobPreparation {
    /** {@code sbatch: Job 12 to start at 2026-01-31T12:00:00 using …}, on standard error (22.05 to 26.05). */
    private static final Pattern EXPECTED_START = Pattern.compile(" to start at ([0-9T:-]{19})");

    private final JobRecord record;
    private final JobClient client;
    private final HeadNodes headNodes;
    private final Supplier<EngineSettings> settings;
    private final JobTransitions transitions;
    private final JobSubmission submission;
    private final OutageTimer files;
    private final Interruption staging = new Interruption();
    private final JobLog log;
    private int variables;

    JobPreparation(
            JobRecord record,
            JobClient client,
            JobLog log,
            HeadNodes headNodes,
            Supplier<EngineSettings> settings,
            JobTransitions transitions,
            RecordSaving saving,
            JobSubmission submission) {
        this.record = record;
        this.client = client;
        this.headNodes = headNodes;
        this.settings = settings;
        this.transitions = transitions;
        this.submission = submission;
        this.files = new OutageTimer(record::uncopied, saving::now);
        this.log = log;
    }

    /** Stops the copying of files. Every thread may call it. */
    void interrupt() {
        staging.interrupt();
    }

    /** Number of environment variables with the paths of uploaded files. */
    int variables() {
        return variables;
    }

    /** @throws IOException when it must be tried again */
    void prepare() throws IOException, InterruptedException {
        if (transitions.endIfCancelled()) {
            return;
        }
        JobPlan plan = client.plan();
        record.planned(plan);
        HeadNodes.Found found = headNodes.any(record.headNode());
        StageAnswer staged;
        try {
            staged = stage(plan, found.headNode());
        } catch (IOException e) {
            if (!transitions.endIfCancelled()) {
                notStaged(String.valueOf(e.getMessage()));
            }
            return;
        } catch (InterruptedException e) {
            if (transitions.endIfCancelled()) {
                return;
            }
            throw e;
        }
        tell(staged);
        if (transitions.endIfCancelled()) {
            return;
        }
        record.files()
                .staged(
                        plan.directories(record.directory(), staged).working(),
                        staged.copied() ? "" : staged.workingDirectory());
        log.fine(() -> staged.files() + " files staged by agent " + found.agent() + " in " + staged.workingDirectory());
        String batchScript = plan.render(record.directory(), staged);
        if (plan.dryRun()) {
            dryRun(found.headNode(), batchScript);
            return;
        }
        record.submitting(found.agent());
        client.save();
        // FILES_DIR is always there and is no file's variable.
        variables = staged.exports().size() - 1;
        transitions.submit(batchScript, plan.environment());
    }

    private StageAnswer stage(JobPlan plan, HeadNode headNode) throws IOException, InterruptedException {
        StageRequest request = plan.stageRequest(record.directory());
        return staging.during(() -> plan.workspace().remote()
                ? new Transfer(headNode, client.workspace(), client.console()::say).stage(request)
                : headNode.stage(request, client.console()::say));
    }

    private void tell(StageAnswer staged) {
        staged.notes().stream().map(Printable::ofSentence).forEach(client.console()::say);
        if (staged.files() > 0) {
            client.console()
                    .say((staged.copied() ? "Staged " : "Using in place ") + CountText.of(staged.files(), "file") + ", "
                            + ByteText.of(staged.bytes()) + ", in " + staged.workingDirectory());
        }
    }

    /** Tries again after a temporary problem, but not for ever. */
    private void notStaged(String trouble) {
        long limit = settings.get().fileLimit().toMillis();
        long tried = files.millis(limit);
        if (tried >= limit) {
            transitions.end(Outcome.of(
                    Outcome.Kind.NOT_SUBMITTED,
                    "files: not copied, tried for " + DurationText.of(tried) + ": " + trouble));
        } else {
            transitions.tryAgain(" for up to " + DurationText.of(limit), trouble);
        }
    }

    /** Shows the batch script and Slurm's opinion of it. After a restart in between, it is shown again. */
    private void dryRun(HeadNode headNode, String batchScript) throws IOException, InterruptedException {
        SubmitAnswer answer = headNode.submit(SubmitRequest.dryRun(record.directory(), batchScript)
                .withMpi(record.description().mpi()));
        switch (answer.result()) {
            case CHECKED:
                client.console().say("Dry run, nothing is submitted. The batch script:");
                byte[] text = batchScript.getBytes(StandardCharsets.UTF_8);
                client.console().output(text, text.length);
                client.console().say(answer.text());
                Matcher start = EXPECTED_START.matcher(answer.text());
                record.expectedStart(start.find() ? start.group(1) : "");
                transitions.end(Outcome.success());
                break;
            case REJECTED:
                transitions.end(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, "sbatch: " + answer.text()));
                break;
            default:
                submission.notNow(Outcome.Kind.NOT_SUBMITTED, answer.text());
        }
    }
}
