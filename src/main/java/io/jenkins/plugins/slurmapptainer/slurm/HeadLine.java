package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;

/**
 * A line of a script that {@code sbatch} may read options from.
 *
 * @param number number of the line, starting at 1
 * @param text without the line end
 */
public record HeadLine(int number, String text) {
    /** The parameter with most scripts. */
    private static final String PARAMETER = "script";

    /** Number and text, for a message. */
    public String words() {
        return "line " + number + ", '" + Printable.of(text) + "'";
    }

    /**
     * The error that the line cannot be carried out.
     *
     * @param parameter the parameter with the script
     * @param why the reason, without mentioning the line
     */
    public InvalidRequestException refusal(String parameter, String why) {
        return new InvalidRequestException(parameter, words() + ": " + why);
    }

    /** The same for a script that is written in the step itself. */
    InvalidRequestException refusal(String why) {
        return refusal(PARAMETER, why);
    }
}
