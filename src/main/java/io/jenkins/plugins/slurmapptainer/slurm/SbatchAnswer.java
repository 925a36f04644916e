package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.util.Optional;

/**
 * What {@code sbatch --parsable} printed. Sites print notices around it; the id is the last line that is nothing but
 * an id, optionally followed by the cluster's name.
 */
public final class SbatchAnswer {
    private SbatchAnswer() {}

    /** The id of the submitted job, if the output names one. */
    public static Optional<JobId> read(String stdout) {
        return stdout.lines()
                .map(String::strip)
                .map(JobId::parse)
                .flatMap(Optional::stream)
                .reduce((first, last) -> last);
    }
}
