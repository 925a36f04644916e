package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.EnvironmentFile;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SbatchAnswer;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmErrors;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * One submission, even if it is requested several times. A mark on the file system says that {@code sbatch} was called.
 * While there is a mark without an answer, the job is searched for by its token before anything is submitted again.
 */
final class Submission {
    private static final Logger LOGGER = Logger.getLogger(Submission.class.getName());
    /** sbatch itself retries for 120 s, and waits longer under a rate limit. */
    private static final Duration SBATCH_LIMIT = Duration.ofSeconds(300);

    /** A job that sbatch sent shortly before it was killed may reach the queue a little later. */
    private static final Duration SETTLE = Duration.ofSeconds(5);

    private final CommandRunner commands;
    private final JobStore store;
    private final JobDirectory directory;
    private final String batchScript;
    private final JobEnvironment environment;
    private final boolean tasks;
    private final String mpi;
    private final boolean lookUpOnly;
    private final TokenSearch search;
    /** The shell's exit status for a command that does not exist. */
    private static final int NOT_FOUND = 127;

    private final Duration settle;

    Submission(CommandRunner commands, SubmitRequest request) {
        this(commands, request, SETTLE);
    }

    /** @param settle how long to wait after each search that found nothing */
    Submission(CommandRunner commands, SubmitRequest request, Duration settle) {
        this.settle = settle;
        this.commands = commands;
        this.directory = request.directory();
        this.store = new JobStore(directory.root());
        this.search = new TokenSearch(commands, directory);
        this.batchScript = request.batchScript();
        this.environment = request.environment();
        this.tasks = request.tasks();
        this.mpi = request.mpi();
        this.lookUpOnly = request.purpose() == SubmitRequest.Purpose.LOOK_UP;
    }

    SubmitAnswer submit() throws IOException, InterruptedException {
        Optional<JobId> known = store.read(directory.jobId()).flatMap(text -> JobId.parse(text.strip()));
        if (known.isPresent()) {
            return SubmitAnswer.submitted(known.get().toString());
        }
        String called = directory.path() + "/sbatch-called";
        if (store.exists(called)) {
            for (int i = 0; i < 2; i++) {
                TokenSearch.Found found = search.find(entry -> true);
                if (found.id().isPresent()) {
                    return submitted(found.id().get());
                }
                if (!found.error().isEmpty()) {
                    return SubmitAnswer.unclear("cannot find out whether the job was submitted: " + found.error());
                }
                Thread.sleep(settle.toMillis());
            }
            Optional<JobId> ended = search.findInAccounts(
                    FileFacts.of(Path.of(called)).modified().toInstant());
            if (ended.isPresent()) {
                return submitted(ended.get());
            }
        }
        if (lookUpOnly) {
            return SubmitAnswer.notPrepared();
        }
        Optional<String> refusal = MpiInterfaces.refusal(commands, mpi);
        if (refusal.isPresent()) {
            return SubmitAnswer.rejected(refusal.get());
        }
        String batch = directory.batchScript();
        if (!batchScript.isEmpty()) {
            // Written first, so that an existing script always has its variables.
            writeEnvironment();
            store.write(batch, batchScript);
        } else if (!store.exists(batch)) {
            return SubmitAnswer.notPrepared();
        }
        store.createDirectory(JobDirectory.announcements(directory.root()));
        if (tasks) {
            store.createDirectory(directory.tasks());
        }
        store.write(called, "");
        CommandResult result = sbatch(batch);
        Optional<JobId> id = result.exitCode() == 0 ? SbatchAnswer.read(result.stdout()) : Optional.empty();
        if (id.isPresent()) {
            return submitted(id.get());
        }
        return failed(result, called);
    }

    private void writeEnvironment() throws IOException {
        if (environment.isEmpty()) {
            store.delete(directory.environment());
        } else {
            store.write(directory.environment(), EnvironmentFile.text(environment));
        }
    }

    /**
     * Writes down the id and answers. The file only saves later calls the search. A full disk must not hide that the
     * job is in the queue.
     */
    private SubmitAnswer submitted(JobId id) {
        try {
            store.write(directory.jobId(), id + "\n");
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot write " + directory.jobId());
        }
        return SubmitAnswer.submitted(id.toString());
    }

    private CommandResult sbatch(String batch) throws InterruptedException {
        try {
            return commands.run(SlurmCommands.sbatch(batch), SBATCH_LIMIT);
        } catch (IOException e) {
            return new CommandResult(
                    NOT_FOUND,
                    "",
                    "sbatch cannot be run on this head node (" + e.getMessage()
                            + "); install Slurm's client commands there, or write their directory into the cluster's"
                            + " configuration or on the agent's PATH, which is "
                            + System.getenv("PATH"));
        }
    }

    private SubmitAnswer failed(CommandResult result, String called) throws IOException, InterruptedException {
        String words = Printable.of(result.stderr().isBlank() ? result.stdout() : result.stderr());
        if (result.timedOut()) {
            return SubmitAnswer.unclear("sbatch did not answer in " + SBATCH_LIMIT.toSeconds() + " s. " + words);
        }
        if (result.exitCode() == 0) {
            return SubmitAnswer.unclear("sbatch printed no job id, but: " + words);
        }
        switch (SlurmErrors.ofSubmit(result)) {
            case PERMANENT:
                return result.exitCode() == NOT_FOUND ? SubmitAnswer.rejected(words) : refused(words, called);
            case TRANSIENT:
                store.delete(called);
                return SubmitAnswer.notNow(words);
            default:
                return SubmitAnswer.unclear(words);
        }
    }

    /**
     * Slurm has refused the job. But a site's own sbatch may say so about a job that it has queued. So the queue is
     * searched. A row that has ended does not count: Slurm keeps it for a refused request.
     */
    private SubmitAnswer refused(String words, String called) throws IOException, InterruptedException {
        TokenSearch.Found found = search.find(entry -> !entry.state().isEnded());
        if (found.id().isPresent()) {
            return submitted(found.id().get());
        }
        if (!found.error().isEmpty()) {
            return SubmitAnswer.unclear(words);
        }
        store.delete(called);
        return SubmitAnswer.rejected(words);
    }
}
