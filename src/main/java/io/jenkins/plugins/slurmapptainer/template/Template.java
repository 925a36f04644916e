package io.jenkins.plugins.slurmapptainer.template;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A named set of options as it was written, without what it inherits.
 *
 * @param name by which builds choose it
 * @param parent name of the template that it extends, empty for none
 * @param description for people, may be empty
 * @param folders folders whose jobs may use it
 * @param rules one rule for each option
 */
public record Template(String name, String parent, String description, NamePatterns folders, List<OptionRule> rules) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public Template {
        rules = List.copyOf(rules);
    }

    /** @throws InvalidRequestException for a name that builds could not use */
    public static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "name",
                    "use letters, digits and . _ - only, for example 'gpu-small'; builds choose the template by it");
        }
    }

    /**
     * Checks everything except inherited parts.
     *
     * @throws InvalidRequestException naming what is wrong
     */
    public void check() {
        checkName(name);
        Set<String> seen = new HashSet<>();
        for (OptionRule rule : rules) {
            rule.checkParts();
            if (!seen.add(rule.option())) {
                throw new InvalidRequestException(rule.option(), "it is there twice; delete one of the two");
            }
        }
    }
}
