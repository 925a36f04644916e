package io.jenkins.plugins.slurmapptainer.job;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One more {@code sbatch} option as the user writes it, {@code --requeue} or {@code --licenses=a:2}. Only options on a
 * list are allowed. None of them changes what the plugin relies on (output, environment, working directory, user) or
 * runs a program.
 */
public final class ExtraOption {
    private static final Set<String> FLAGS = new TreeSet<>(Arrays.asList(
            "contiguous",
            "no-kill",
            "no-requeue",
            "overcommit",
            "oversubscribe",
            "requeue",
            "spread-job",
            "use-min-nodes"));
    private static final Set<String> VALUES = new TreeSet<>(Arrays.asList(
            "acctg-freq",
            "batch",
            "begin",
            "cluster-constraint",
            "core-spec",
            "cores-per-socket",
            "cpu-freq",
            "cpus-per-gpu",
            "deadline",
            "delay-boot",
            "distribution",
            "exclude",
            "exclusive",
            "extra-node-info",
            "gpu-bind",
            "gpu-freq",
            "gpus-per-node",
            "gpus-per-socket",
            "gpus-per-task",
            "gres-flags",
            "hint",
            "kill-on-invalid-dep",
            "licenses",
            "mail-type",
            "mail-user",
            "mem-per-cpu",
            "mem-per-gpu",
            "mincpus",
            "network",
            "nice",
            "nodelist",
            "ntasks-per-core",
            "ntasks-per-gpu",
            "ntasks-per-node",
            "ntasks-per-socket",
            "prefer",
            "priority",
            "profile",
            "sockets-per-node",
            "switches",
            "thread-spec",
            "threads-per-core",
            "time-min",
            "tmp",
            "tres-per-task",
            "wait-all-nodes",
            "wckey"));
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.,:;=@%+/&|*()\\[\\]-]{0,1023}");

    private ExtraOption() {}

    /**
     * Checks one option.
     *
     * @return the option for the batch script, {@code --name} or {@code --name=value}
     * @throws InvalidRequestException when the option is not on the list or its value cannot be passed safely
     */
    public static String check(String written) {
        String option = written.strip();
        try {
            return checkForm(option);
        } catch (InvalidRequestException e) {
            List<String> meant = meant(option);
            if (meant.isEmpty() || meant.equals(List.of(option))) {
                throw e;
            }
            String right = meant.stream().map(one -> "'" + checkForm(one) + "'").collect(Collectors.joining(", "));
            throw invalid(
                    option,
                    "write " + right + (meant.size() == 1 ? "" : ", each as an element of its own in the list"));
        }
    }

    /** The options that somebody probably means who writes them as on a command line. */
    private static List<String> meant(String option) {
        Set<String> names = new TreeSet<>(VALUES);
        names.addAll(FLAGS);
        Arrays.stream(Directive.values()).map(Directive::option).forEach(names::add);
        return SbatchWords.options(option, FLAGS, names);
    }

    private static String checkForm(String option) {
        int equals = option.indexOf('=');
        String name = option.substring(0, equals < 0 ? option.length() : equals);
        if (!name.startsWith("--")) {
            throw invalid(
                    option, "write it with two dashes and, if it has a value, an equals sign, as in '--nice=100'");
        }
        String bare = name.substring(2);
        for (Directive directive : Directive.values()) {
            // Both were allowed as options before they became parameters.
            boolean also = directive == Directive.BEGIN || directive == Directive.EXCLUSIVE && equals > 0;
            if (directive.option().equals(bare) && !also) {
                throw invalid(option, "use the parameter " + directive.field() + " instead");
            }
        }
        if (equals < 0 ? !FLAGS.contains(bare) : !VALUES.contains(bare)) {
            throw invalid(
                    option,
                    VALUES.contains(bare)
                            ? "this option needs a value"
                            : FLAGS.contains(bare)
                                    ? "this option has no value"
                                    : "this option is not allowed" + allowed(bare));
        }
        if (equals >= 0 && !isValue(bare, option.substring(equals + 1))) {
            throw invalid(option, "its value may have letters, digits and . , : ; = @ % + / & | * ( ) [ ] _ - only");
        }
        return option;
    }

    private static boolean isValue(String bare, String value) {
        // Slurm lets some accounts use a negative one.
        return VALUE.matcher(value).matches() || bare.equals("nice") && value.matches("[+-][0-9]{1,10}");
    }

    private static String allowed(String bare) {
        Set<String> all = new TreeSet<>();
        FLAGS.forEach(name -> all.add("--" + name));
        VALUES.forEach(name -> all.add("--" + name + "=…"));
        List<String> near = NearMisses.of(all, "--" + bare);
        return near.isEmpty()
                ? "; allowed are " + String.join(", ", FLAGS) + ", " + String.join("=…, ", VALUES) + "=…"
                : "; did you mean " + String.join(" or ", near) + "?";
    }

    private static InvalidRequestException invalid(String option, String why) {
        return new InvalidRequestException("options", "'" + Printable.of(option) + "': " + why);
    }
}
