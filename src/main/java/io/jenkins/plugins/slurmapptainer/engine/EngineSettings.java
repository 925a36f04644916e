package io.jenkins.plugins.slurmapptainer.engine;

import java.time.Duration;

/**
 * An administrator's settings for the engine.
 *
 * @param pollInterval smallest average time between two {@code squeue} calls for each head node
 * @param submitLimit how long to repeat a submission that Slurm cannot take now
 * @param silenceLimit how long a submitted job may go without any answer before it is given up; zero for no limit
 * @param fileLimit how long to repeat copies of files that fail for lack of room or because a head node is away
 */
public record EngineSettings(Duration pollInterval, Duration submitLimit, Duration silenceLimit, Duration fileLimit) {
    /** One hour. Problems that last longer need a person. The files of an ended job stay in its directory. */
    private static final Duration FILE_LIMIT = Duration.ofHours(1);

    /** Six calls a minute, ten minutes for submissions, and no limit for jobs without an answer. */
    public static final EngineSettings DEFAULTS =
            new EngineSettings(Duration.ofSeconds(10), Duration.ofMinutes(10), Duration.ZERO);

    /** Settings with the usual limit for files. */
    public EngineSettings(Duration pollInterval, Duration submitLimit, Duration silenceLimit) {
        this(pollInterval, submitLimit, silenceLimit, FILE_LIMIT);
    }

    /** Settings without a limit for jobs without an answer. */
    public EngineSettings(Duration pollInterval, Duration submitLimit) {
        this(pollInterval, submitLimit, Duration.ZERO);
    }
}
