package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;

/**
 * A line of a script that may say something to {@code sbatch}.
 *
 * @param number the first line of the script is 1
 * @param text without the line end
 */
public record HeadLine(int number, String text) {
    /** The parameter that most scripts come from. */
    private static final String PARAMETER = "script";

    /** Number and text, for a message. */
    public String words() {
        return "line " + number + ", '" + Printable.of(text) + "'";
    }

    /**
     * Why the line cannot be carried out.
     *
     * @param parameter where the script comes from
     * @param why without a mention of the line
     */
    public InvalidRequestException refusal(String parameter, String why) {
        return new InvalidRequestException(parameter, words() + ": " + why);
    }

    /** The same of a script that stands in the step itself. */
    InvalidRequestException refusal(String why) {
        return refusal(PARAMETER, why);
    }
}
