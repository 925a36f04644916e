package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Cancels one job, unless its id now belongs to another job. */
final class JobCancellation {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final CommandRunner commands;
    private final CancelRequest request;

    JobCancellation(CommandRunner commands, CancelRequest request) {
        this.commands = commands;
        this.request = request;
    }

    CancelAnswer cancel() throws IOException, InterruptedException {
        JobId id = JobId.parse(request.jobId())
                .orElseThrow(() -> new IllegalArgumentException("not a job id: " + request.jobId()));
        if (isAnotherJobs(id)) {
            return new CancelAnswer(CancelAnswer.Result.ANOTHERS, "");
        }
        CommandResult result = commands.run(scancel(id), LIMIT);
        if (result.timedOut()) {
            return CancelAnswer.refused("scancel did not answer in time");
        }
        String words = Printable.of(result.stderr());
        if (SlurmErrors.isUnknownJob(result)) {
            return new CancelAnswer(CancelAnswer.Result.GONE, words);
        }
        return result.exitCode() == 0 ? CancelAnswer.taken() : CancelAnswer.refused(words);
    }

    /** Only a clear answer prevents the cancellation. */
    private boolean isAnotherJobs(JobId id) throws IOException, InterruptedException {
        CommandResult result = commands.run(SlurmCommands.comment(id), LIMIT);
        // An array has one line for each task, all with the same comment.
        String found = result.stdout().lines().findFirst().orElse("").strip();
        return result.exitCode() == 0 && JobDirectory.isComment(found) && !found.equals(request.comment());
    }

    private List<String> scancel(JobId id) {
        switch (request.how()) {
            case IF_WAITING:
                return SlurmCommands.scancelWaiting(id);
            case ORDERLY:
                return SlurmCommands.scancel(id);
            default:
                return SlurmCommands.scancelHard(id);
        }
    }
}
