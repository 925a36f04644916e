package io.jenkins.plugins.slurmapptainer.engine;

import java.time.Duration;

/**
 * What an administrator decides about following jobs.
 *
 * @param pollInterval smallest mean distance of two {@code squeue} calls per head node
 * @param submitLimit how long a submission that Slurm cannot take now is tried again
 * @param silenceLimit how long nobody may answer about a submitted job before it is given up; zero for ever
 */
public record EngineSettings(Duration pollInterval, Duration submitLimit, Duration silenceLimit) {
    /** Six calls a minute, ten minutes of trying, and no end of patience with a job that is there. */
    public static final EngineSettings DEFAULTS =
            new EngineSettings(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ZERO);

    /** Settings without an end of patience with a job that is there. */
    public EngineSettings(Duration pollInterval, Duration submitLimit) {
        this(pollInterval, submitLimit, Duration.ZERO);
    }
}
