package io.jenkins.plugins.slurmapptainer.slurm;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** The port through which Slurm's commands are run. */
public interface CommandRunner {
    /**
     * Runs a command with Slurm's environment fixed (see {@link SlurmEnvironment}) and waits for it.
     *
     * @param argv program and arguments; no shell is involved
     * @param limit after which the command is ended
     * @throws IOException when the program cannot be started, for example because it does not exist
     */
    CommandResult run(List<String> argv, Duration limit) throws IOException, InterruptedException;
}
