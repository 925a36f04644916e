package io.jenkins.plugins.slurmapptainer.job;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * One more {@code sbatch} option as the user writes it, {@code --requeue} or {@code --licenses=a:2}. Only options that
 * neither take over what the plugin relies on (output, environment, working directory, user) nor run anything are
 * allowed.
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
     * @return the option as it is rendered, {@code --name} or {@code --name=value}
     * @throws InvalidRequestException when the option is not on the list or its value cannot be passed safely
     */
    public static String check(String written) {
        String option = written.strip();
        int equals = option.indexOf('=');
        String name = option.substring(0, equals < 0 ? option.length() : equals);
        if (!name.startsWith("--")) {
            throw invalid(
                    option, "write it with two dashes and, if it has a value, an equals sign, as in '--nice=100'");
        }
        String bare = name.substring(2);
        for (Directive directive : Directive.values()) {
            // Both have been options for longer than parameters.
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
                            : "this option is not allowed; " + "allowed are " + String.join(", ", FLAGS) + ", "
                                    + String.join("=…, ", VALUES) + "=…");
        }
        if (equals >= 0 && !VALUE.matcher(option.substring(equals + 1)).matches()) {
            throw invalid(option, "its value may have letters, digits and . , : ; = @ % + / & | * ( ) [ ] _ - only");
        }
        return option;
    }

    private static InvalidRequestException invalid(String option, String why) {
        return new InvalidRequestException("options", "'" + Printable.of(option) + "': " + why);
    }
}
