package io.jenkins.plugins.slurmapptainer.engine;

import java.time.Duration;

/**
 * What an administrator decides about following jobs.
 *
 * @param pollInterval smallest mean distance of two {@code squeue} calls per head node
 * @param submitLimit how long a submission that Slurm cannot take now is tried again
 * @param silenceLimit how long nobody may answer about a submitted job before it is given up; zero for ever
 * @param fileLimit how long files that cannot be copied now are tried again: no room, a head node that is away
 */
public record EngineSettings(Duration pollInterval, Duration submitLimit, Duration silenceLimit, Duration fileLimit) {
    /** One hour: what lasts longer needs somebody, and the files of an ended job stay in its directory. */
    private static final Duration FILE_LIMIT = Duration.ofHours(1);

    /** Six calls a minute, ten minutes of trying, and no end of patience with a job that is there. */
    public static final EngineSettings DEFAULTS =
            new EngineSettings(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ZERO);

    /** Settings with the usual patience for files. */
    public EngineSettings(Duration pollInterval, Duration submitLimit, Duration silenceLimit) {
        this(pollInterval, submitLimit, silenceLimit, FILE_LIMIT);
    }

    /** Settings without an end of patience with a job that is there. */
    public EngineSettings(Duration pollInterval, Duration submitLimit) {
        this(pollInterval, submitLimit, Duration.ZERO);
    }
}
