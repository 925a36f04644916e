package io.jenkins.plugins.slurmapptainer.job;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The {@code sbatch} options that people set by name, in the order in which they are rendered. One row each: the
 * parameter's name in a Jenkinsfile, Slurm's option, the rule for its value and an example for the error message.
 * Options: {@code sbatch(1)}, Slurm 22.05 to 26.05.
 */
public enum Directive {
    JOB_NAME(JobName.FIELD, "job-name", JobName.FORM, "letters, digits and . _ + @ : -, for example 'train_model'"),
    PARTITION("partition", "partition", Rules.NAMES, "a partition's name, for example 'group1'"),
    ACCOUNT("account", "account", Rules.NAME, "an account's name, for example 'physics'"),
    QOS("qos", "qos", Rules.NAME, "the name of a quality of service, for example 'normal'"),
    NODES("nodes", "nodes", Rules.COUNT_OR_RANGE, "a number of nodes, for example 2"),
    NTASKS("ntasks", "ntasks", Rules.COUNT, "a number of tasks, for example 4"),
    CPUS_PER_TASK("cpusPerTask", "cpus-per-task", Rules.COUNT, "a number of CPUs, for example 4"),
    MEMORY("memory", "mem", Rules.SIZE, "a size per node with a unit, for example '16G' or '500M'"),
    TIME("time", "time", Rules.TIME, "minutes, 'hh:mm:ss' or 'days-hh:mm:ss', for example '01:30:00'"),
    GPUS("gpus", "gpus", Rules.GPUS, "a number of GPUs, for example 1, or 'type:number'"),
    GRES("gres", "gres", Rules.RESOURCES, "a list of generic resources, for example 'gpu:a100:2'"),
    CONSTRAINT("constraint", "constraint", Rules.FEATURES, "an expression of node features, for example 'avx512&ib'"),
    RESERVATION("reservation", "reservation", Rules.NAMES, "a reservation's name"),
    EXCLUSIVE("exclusive", "exclusive", Rules.FLAG, "true or false"),
    ARRAY("array", "array", Rules.INDEXES, "a list of indexes, for example '0-99%10'"),
    DEPENDENCY(
            "dependency",
            "dependency",
            Rules.DEPENDENCIES,
            "a list of conditions with the ids of jobs, for example 'afterok:1234:1235,afterany:1236', or 'singleton'"),
    BEGIN("begin", "begin", Rules.BEGIN, "a time, for example 'now+1hour', '20:00', 'tomorrow' or '2027-01-31T08:00'"),
    SIGNAL(
            "signal",
            "signal",
            Rules.SIGNAL,
            "TERM, USR1, USR2, INT or HUP, which are handed on to the program, and seconds before the time limit, for example 'USR2@60'");

    private final String field;
    private final String option;
    private final Pattern rule;
    private final String expected;

    Directive(String field, String option, Pattern rule, String expected) {
        this.field = field;
        this.option = option;
        this.rule = rule;
        this.expected = expected;
    }

    /** The parameter's name in a Jenkinsfile. */
    public String field() {
        return field;
    }

    /** The directive of a parameter, if that is one. */
    public static Optional<Directive> ofField(String field) {
        return Arrays.stream(values())
                .filter(directive -> directive.field.equals(field))
                .findFirst();
    }

    /** Whether a value makes sense only for one job, so that only the build can set it. */
    public boolean isOfOneJob() {
        return this == JOB_NAME || this == ARRAY || this == DEPENDENCY;
    }

    /** Slurm's long option, without the dashes. */
    public String option() {
        return option;
    }

    /** Whether the option stands alone, without a value. */
    public boolean isFlag() {
        return rule == Rules.FLAG;
    }

    /**
     * Checks a value.
     *
     * @return the value, unchanged
     * @throws InvalidRequestException when Slurm could not understand it
     */
    public String check(String value) {
        if (!rule.matcher(value).matches()) {
            throw new InvalidRequestException(field, "'" + Printable.of(value) + "' is not " + expected);
        }
        return value;
    }

    /**
     * Checks a value from a Jenkinsfile or a form. It must not be one that Slurm reads differently from what people may
     * mean. Values written for {@code sbatch} are checked with {@link #check} instead and keep {@code sbatch}'s
     * meaning.
     *
     * @return the value, unchanged
     * @throws InvalidRequestException when Slurm could not understand it, or people could understand it differently
     */
    public String checkWritten(String value) {
        check(value);
        ambiguity(value).ifPresent(readings -> {
            throw new InvalidRequestException(field, readings);
        });
        return value;
    }

    private Optional<String> ambiguity(String value) {
        return switch (this) {
            case MEMORY -> Ambiguity.ofMemory(value);
            case TIME -> Ambiguity.ofTime(value);
            default -> Optional.empty();
        };
    }

    /** In a class of their own because an enum's constants cannot use its static fields. */
    private static final class Rules {
        static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+-]{0,127}");
        static final Pattern NAMES = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.@+,-]{0,511}");
        static final Pattern COUNT = Pattern.compile("[1-9][0-9]{0,6}");
        static final Pattern COUNT_OR_RANGE = Pattern.compile("[1-9][0-9]{0,6}(-[1-9][0-9]{0,6})?");
        static final Pattern SIZE = Pattern.compile("[0-9]{1,9}([KMGTkmgt][Bb]?)?");
        /** All forms of {@code --time}. {@code 0} and {@code UNLIMITED} mean no limit. */
        static final Pattern TIME = Pattern.compile(
                "[0-9]{1,7}(:[0-5]?[0-9]){0,2}|[0-9]{1,4}-[0-9]{1,2}(:[0-5]?[0-9]){0,2}|(?i:unlimited|infinite)");

        static final Pattern GPUS = Pattern.compile("([A-Za-z0-9_.-]+:)?[1-9][0-9]{0,4}");
        static final Pattern RESOURCES = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:,/=-]{0,511}");
        static final Pattern FEATURES = Pattern.compile("[A-Za-z0-9_(\\[][A-Za-z0-9_.=,:&|*()\\[\\]-]{0,511}");
        /**
         * The groups that text may repeat without limit are possessive: these are matched by a loop, other groups by
         * recursion.
         */
        static final Pattern INDEXES =
                Pattern.compile("[0-9]{1,7}(-[0-9]{1,7}(:[0-9]{1,7})?)?(,[0-9]{1,7}(-[0-9]{1,7}(:[0-9]{1,7})?)?)*+"
                        + "(%[1-9][0-9]{0,6})?");

        private static final String JOB = "[1-9][0-9]{0,9}(_([0-9]{1,7}|\\*))?(\\+[0-9]{1,6})?";
        private static final String CONDITION =
                "(after(any|burstbuffer|corr|notok|ok)?(:" + JOB + "){1,200}+|singleton)";
        static final Pattern DEPENDENCIES =
                Pattern.compile(CONDITION + "((," + CONDITION + "){1,200}+|(\\?" + CONDITION + "){0,200}+)");
        private static final String CLOCK = "[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?([AaPp][Mm])?";
        static final Pattern BEGIN = Pattern.compile("now(\\+[0-9]{1,9}((second|minute|hour|day|week)s?)?)?"
                + "|today|tomorrow|midnight|noon|fika|teatime|" + CLOCK + "|[0-9]{6}"
                + "|[0-9]{1,2}[/.][0-9]{1,2}([/.][0-9]{2})?"
                + "|[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(T[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?)?");
        static final Pattern SIGNAL = Pattern.compile("(TERM|USR1|USR2|INT|HUP)(@[0-9]{1,5})?");
        static final Pattern FLAG = Pattern.compile("true");
    }
}
