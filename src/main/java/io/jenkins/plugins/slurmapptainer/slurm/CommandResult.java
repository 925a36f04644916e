package io.jenkins.plugins.slurmapptainer.slurm;

/**
 * What a command left behind.
 *
 * @param exitCode its exit status, {@link #TIMED_OUT} when it had to be ended
 * @param stdout standard output, UTF-8, foreign bytes replaced
 * @param stderr standard error, likewise
 */
public record CommandResult(int exitCode, String stdout, String stderr) {
    /** Not an exit status: the command did not answer in time. */
    public static final int TIMED_OUT = -1;

    public boolean timedOut() {
        return exitCode == TIMED_OUT;
    }
}
