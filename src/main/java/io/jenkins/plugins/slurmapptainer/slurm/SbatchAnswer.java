package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.util.Optional;

/**
 * Reads the output of {@code sbatch --parsable}. Sites may print notices around it. The id is the last line that
 * contains only an id, optionally followed by the cluster's name.
 */
public final class SbatchAnswer {
    private SbatchAnswer() {}

    /** The id of the submitted job; empty if the output has none. */
    public static Optional<JobId> read(String stdout) {
        return stdout.lines()
                .map(String::strip)
                .map(JobId::parse)
                .flatMap(Optional::stream)
                .reduce((first, last) -> last);
    }
}
