package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmErrors;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets Slurm check a batch script in the form in which it would be submitted. The build's variables are not written
 * anywhere.
 */
final class DryRun {
    private static final Duration LIMIT = Duration.ofSeconds(120);

    private final CommandRunner commands;
    private final SubmitRequest request;

    DryRun(CommandRunner commands, SubmitRequest request) {
        this.commands = commands;
        this.request = request;
    }

    SubmitAnswer check() throws IOException, InterruptedException {
        Optional<String> refusal = MpiInterfaces.refusal(commands, request.mpi());
        if (refusal.isPresent()) {
            return SubmitAnswer.rejected(refusal.get());
        }
        String batch = request.directory().batchScript();
        new JobStore(request.directory().root()).write(batch, request.batchScript());
        CommandResult result = commands.run(SlurmCommands.sbatchDryRun(batch), LIMIT);
        String words = Printable.of(result.stderr().isBlank() ? result.stdout() : result.stderr());
        if (result.timedOut()) {
            return SubmitAnswer.notNow("sbatch did not answer in " + LIMIT.toSeconds() + " s");
        }
        if (result.exitCode() == 0) {
            return SubmitAnswer.checked(words);
        }
        // Nothing can be in the queue. So what is ambiguous for a submission is only a temporary problem here.
        return SlurmErrors.ofSubmit(result) == SlurmErrors.Meaning.PERMANENT
                ? SubmitAnswer.rejected(words)
                : SubmitAnswer.notNow(words);
    }
}
