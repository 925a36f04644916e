package io.jenkins.plugins.slurmapptainer.slurm;

/**
 * The result of a command.
 *
 * @param exitCode its exit status, {@link #TIMED_OUT} when it was stopped at its time limit
 * @param stdout standard output in UTF-8, invalid bytes replaced
 * @param stderr standard error in UTF-8, invalid bytes replaced
 */
public record CommandResult(int exitCode, String stdout, String stderr) {
    /** Not an exit status: the command did not answer in time. */
    public static final int TIMED_OUT = -1;

    public boolean timedOut() {
        return exitCode == TIMED_OUT;
    }
}
