package io.jenkins.plugins.slurmapptainer.slurm;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Runs Slurm's commands. Safe for several threads. */
public interface CommandRunner {
    /**
     * Runs a command in a fixed environment (see {@link SlurmEnvironment}) and waits for its end.
     *
     * @param argv program and arguments; no shell is involved
     * @param limit after this time the command is stopped
     * @throws IOException when the program cannot be started, for example because it does not exist
     */
    CommandResult run(List<String> argv, Duration limit) throws IOException, InterruptedException;
}
