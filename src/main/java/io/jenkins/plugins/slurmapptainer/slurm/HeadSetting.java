package io.jenkins.plugins.slurmapptainer.slurm;

/**
 * An option of a script's head as a parameter of the step.
 *
 * @param parameter the parameter's name; for {@code options} and {@code env}, this is one element of the list
 * @param value in the parameter's form
 * @param from the option in the script
 */
public record HeadSetting(String parameter, String value, HeadOption from) {
    /** Whether a later setting replaces this one. */
    boolean isReplacedBy(HeadSetting later) {
        return parameter.equals(later.parameter) && name().equals(later.name());
    }

    /** {@code sbatch}'s name of the option, or a variable's name. */
    public String name() {
        return parameter.equals("env") ? value.substring(0, value.indexOf('=')) : from.name();
    }

    /** The option as people write it, without the values of variables. */
    public String text() {
        return parameter.equals("env") ? "--export=" + name() : from.text();
    }
}
