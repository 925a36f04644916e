package io.jenkins.plugins.slurmapptainer.slurm;

import edu.umd.cs.findbugs.annotations.CheckForNull;

/**
 * An option of a script's head as {@code sbatch} reads it.
 *
 * @param name the long name without the dashes, whichever form was written
 * @param value as it was written, {@code null} for none
 * @param line the line that it is on
 */
public record HeadOption(String name, @CheckForNull String value, HeadLine line) {
    /** {@code --name} or {@code --name=value}. */
    public String text() {
        return "--" + name + (value == null ? "" : "=" + value);
    }
}
