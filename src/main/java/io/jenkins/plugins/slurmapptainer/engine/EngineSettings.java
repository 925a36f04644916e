package io.jenkins.plugins.slurmapptainer.engine;

import java.time.Duration;

/**
 * @param pollInterval smallest mean distance of two {@code squeue} calls per head node
 * @param submitLimit how long a submission that Slurm cannot take now is tried again
 */
public record EngineSettings(Duration pollInterval, Duration submitLimit) {
    /** Six calls a minute, ten minutes of trying. */
    public static final EngineSettings DEFAULTS = new EngineSettings(Duration.ofSeconds(10), Duration.ofMinutes(10));
}
