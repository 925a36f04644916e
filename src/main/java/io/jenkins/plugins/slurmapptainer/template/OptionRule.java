package io.jenkins.plugins.slurmapptainer.template;

import io.jenkins.plugins.slurmapptainer.job.Amount;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.LaunchRequest;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.job.SlurmDuration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What a template says about one option.
 *
 * @param option the parameter's name in a Jenkinsfile
 * @param value the value if a build does not set it; empty if the build must set it
 * @param min the least that a build may request, empty for no bound; only for countable options
 * @param max the most that a build may request, empty for no bound; only for countable options
 * @param allowed names or patterns that a build may choose, empty for everything
 * @param fixed whether a build must not change the value
 */
public record OptionRule(String option, String value, String min, String max, List<String> allowed, boolean fixed) {
    public OptionRule {
        allowed = List.copyOf(allowed);
    }

    /** A value that builds may change freely. */
    public static OptionRule of(String option, String value) {
        return new OptionRule(option, value, "", "", List.of(), false);
    }

    /** The option as a directive of Slurm; empty for options of the plugin. */
    public Optional<Directive> directive() {
        return Directive.ofField(option);
    }

    /** Whether a build is not free to set any value. */
    public boolean isBinding() {
        return fixed || !min.isEmpty() || !max.isEmpty() || !allowed.isEmpty();
    }

    /** This rule, with empty parts taken from an inherited one. {@code fixed} is never inherited. */
    public OptionRule over(OptionRule inherited) {
        return new OptionRule(
                option,
                value.isEmpty() ? inherited.value : value,
                min.isEmpty() ? inherited.min : min,
                max.isEmpty() ? inherited.max : max,
                allowed.isEmpty() ? inherited.allowed : allowed,
                fixed);
    }

    /**
     * Checks each part by itself. Other parts may still be inherited.
     *
     * @throws InvalidRequestException naming the option
     */
    public void checkParts() {
        TemplateOptions.check(option);
        checkForm(value);
        checkReading(value);
        for (String bound : List.of(min, max)) {
            if (!bound.isEmpty()) {
                directive()
                        .filter(Amount::isCountable)
                        .orElseThrow(() -> invalid("has no least and most; list the allowed values"));
                amount(bound);
                checkReading(bound);
            }
        }
    }

    /**
     * Checks the parts against each other, when nothing more can be inherited.
     *
     * @throws InvalidRequestException naming the option
     */
    public void checkWhole() {
        checkParts();
        if (!min.isEmpty()
                && !max.isEmpty()
                && amount(min).least() > amount(max).most()) {
            throw invalid("the least, '" + min + "', is more than the most, '" + max + "'");
        }
        if (fixed && value.isEmpty()) {
            throw invalid("there is no value at which it could be fixed");
        }
        if (!value.isEmpty()) {
            checkChoice(value, "is allowed here");
        }
    }

    /**
     * Checks a value that a build sets.
     *
     * @param template for the message
     * @throws InvalidRequestException when the build may not set it
     */
    public void accept(String asked, String template) {
        checkForm(asked);
        if (fixed && !normal(asked).equals(normal(value))) {
            throw invalid("template " + template + " fixes it to '" + value + "'");
        }
        checkChoice(asked, "template " + template + " allows");
    }

    private String normal(String text) {
        return LaunchOption.ofField(option).map(run -> run.normal(text)).orElse(text);
    }

    private void checkForm(String text) {
        if (text.isEmpty()) {
            return;
        }
        Optional<LaunchOption> run = LaunchOption.ofField(option);
        if (option.equals(TemplateOptions.MAX_PENDING)) {
            SlurmDuration.parse(option, text);
        } else if (run.isPresent()) {
            LaunchRequest.check(run.get(), text);
        } else {
            directive().filter(directive -> !isOff(directive, text)).ifPresent(directive -> directive.check(text));
        }
    }

    /** Checks that Slurm reads the template's value as people mean it. A build's own value has been checked before. */
    private void checkReading(String text) {
        directive()
                .filter(directive -> !text.isEmpty() && !isOff(directive, text))
                .ifPresent(directive -> directive.checkWritten(text));
    }

    /** Whether a flag is switched off, which takes back what an inherited template sets. */
    private static boolean isOff(Directive directive, String text) {
        return directive.isFlag() && text.equals("false");
    }

    private void checkChoice(String text, String whoAllows) {
        if (!max.isEmpty() && amount(text).most() > amount(max).most()) {
            throw invalid("'" + Printable.of(text) + "' is more than the '" + max + "' that " + whoAllows);
        }
        if (!min.isEmpty() && amount(text).least() < amount(min).least()) {
            throw invalid("'" + Printable.of(text) + "' is less than the '" + min + "' that " + whoAllows);
        }
        if (!allowed.isEmpty()) {
            NamePatterns names = NamePatterns.of(String.join("\n", allowed));
            notAmong(names, text).ifPresent(name -> {
                throw invalid("'" + Printable.of(name) + "' is none of " + String.join(", ", allowed) + ", which "
                        + whoAllows);
            });
        }
    }

    private Optional<String> notAmong(NamePatterns names, String text) {
        return LaunchOption.ofField(option)
                .map(run -> run.notAmong(names, text))
                // Of several partitions, Slurm may take any.
                .orElseGet(() -> Arrays.stream(text.split(","))
                        .filter(name -> !names.allows(name))
                        .findFirst());
    }

    private Amount amount(String text) {
        return Amount.of(directive().orElseThrow(), text);
    }

    private InvalidRequestException invalid(String what) {
        return new InvalidRequestException(option, what);
    }

    /** The value and how a build may change it, for people: {@code time 01:00:00 (at most 04:00:00)}. */
    public String text() {
        List<String> choice = new ArrayList<>();
        if (fixed) {
            choice.add("fixed");
        } else {
            if (!min.isEmpty()) {
                choice.add("at least " + min);
            }
            if (!max.isEmpty()) {
                choice.add("at most " + max);
            }
            if (!allowed.isEmpty()) {
                choice.add("any of " + String.join(", ", allowed));
            }
        }
        return option + " " + (value.isEmpty() ? "to be set" : value)
                + (choice.isEmpty() ? "" : " (" + String.join(", ", choice) + ")");
    }
}
