package io.jenkins.plugins.slurmapptainer.slurm;

/**
 * What an option of a script's head says, as a parameter of the step says it.
 *
 * @param parameter the parameter's name; of {@code options} and {@code env} it is one element
 * @param value in the parameter's form
 * @param from what was written
 */
public record HeadSetting(String parameter, String value, HeadOption from) {
    /** Whether a later one of these takes the place of this one. */
    boolean isReplacedBy(HeadSetting later) {
        return parameter.equals(later.parameter) && name().equals(later.name());
    }

    /** {@code sbatch}'s name of the option, or the name of a variable. */
    public String name() {
        return parameter.equals("env") ? value.substring(0, value.indexOf('=')) : from.name();
    }

    /** The option as people write it, without the values of variables. */
    public String text() {
        return parameter.equals("env") ? "--export=" + name() : from.text();
    }
}
