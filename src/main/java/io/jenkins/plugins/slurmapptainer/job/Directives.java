package io.jenkins.plugins.slurmapptainer.job;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one job requests from Slurm: checked directives and checked further options. Immutable. */
public final class Directives {
    private final Map<Directive, String> values;
    private final List<String> extra;

    private Directives(Map<Directive, String> values, List<String> extra) {
        this.values = Collections.unmodifiableMap(values);
        this.extra = Collections.unmodifiableList(extra);
    }

    /**
     * Checks all values and options.
     *
     * @param values the directives; {@code null} and blank values count as absent, and so does {@code false} for a flag
     * @param extra further options such as {@code --licenses=a}; blank ones are left out
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    public static Directives of(Map<Directive, ?> values, List<String> extra) {
        Map<Directive, String> checked = new EnumMap<>(Directive.class);
        for (Directive directive : Directive.values()) {
            Object value = values.get(directive);
            String text = value == null ? "" : value.toString().strip();
            boolean absent = text.isEmpty() || directive.isFlag() && "false".equals(text);
            if (!absent) {
                checked.put(directive, directive.check(text));
            }
        }
        List<String> options = new ArrayList<>();
        for (String option : extra) {
            if (!option.isBlank()) {
                options.add(ExtraOption.check(option));
            }
        }
        Directives all = new Directives(checked, options);
        if (checked.containsKey(Directive.BEGIN) && all.extra("begin").isPresent()) {
            throw new InvalidRequestException("options", "'--begin' is given twice; leave it to the parameter begin");
        }
        return all;
    }

    /** The value of a directive, if it is set. */
    public Optional<String> get(Directive directive) {
        return Optional.ofNullable(values.get(directive));
    }

    /**
     * The same with the name that the job's script sets.
     *
     * @throws InvalidRequestException as {@link JobName#checkInScript}
     */
    public Directives named(String name) {
        Map<Directive, String> changed = new EnumMap<>(Directive.class);
        changed.putAll(values);
        changed.put(Directive.JOB_NAME, JobName.checkInScript(name));
        return new Directives(changed, extra);
    }

    /** The same with another value of a directive. */
    Directives with(Directive directive, String value) {
        Map<Directive, String> changed = new EnumMap<>(Directive.class);
        changed.putAll(values);
        changed.put(directive, directive.check(value));
        return new Directives(changed, extra);
    }

    /** The same with one more option. */
    Directives with(String option) {
        List<String> more = new ArrayList<>(extra);
        more.add(ExtraOption.check(option));
        return new Directives(values, more);
    }

    /** The value of a further option, without the dashes; an empty text for an option without a value. */
    Optional<String> extra(String name) {
        return extra.stream()
                .map(option -> option.substring("--".length()).split("=", 2))
                .filter(parts -> parts[0].equals(name))
                .map(parts -> parts.length == 1 ? "" : parts[1])
                .findFirst();
    }

    /** Whether Slurm may run the job again by itself: only if {@code --requeue} was requested. */
    public boolean mayRequeue() {
        return extra.contains("--requeue");
    }

    /** All options in a fixed order, each {@code --name} or {@code --name=value}. */
    public List<String> options() {
        List<String> options = new ArrayList<>();
        values.forEach((directive, value) -> options.add(option(directive, value)));
        options.addAll(extra);
        return options;
    }

    private static String option(Directive directive, String value) {
        if (directive.isFlag()) {
            return "--" + directive.option();
        }
        // B: sends the signal to the batch shell, which passes it to the program. Otherwise only steps of srun would
        // get it.
        return "--" + directive.option() + "=" + (directive == Directive.SIGNAL ? "B:" : "") + value;
    }
}
