package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A build's request as it was written, the same class for every kind of build. Nothing is checked before
 * {@link OptionsCheck}. It holds plain values and is saved with builds and in jobs' configurations: the names of its
 * fields never change. Not safe for several threads while it is changed.
 */
public final class SlurmJobOptions implements Cloneable, Serializable {
    private static final long serialVersionUID = 1L;

    private String cluster;
    private String image;
    private String template;
    private String files;
    private String script;
    private Map<Directive, String> values = new EnumMap<>(Directive.class);
    private Map<LaunchOption, String> run = new EnumMap<>(LaunchOption.class);
    private List<String> options = new ArrayList<>();
    private List<String> env;
    private boolean returnStatus;
    private boolean returnStdout;
    private String encoding;
    private String maxPending;
    private String outputs;
    private boolean archive;
    private boolean allowEmptyFiles;
    private boolean checksums;
    private boolean dryRun;
    private boolean anyOutcome;
    private boolean allocation;
    private TaskOptions tasks = new TaskOptions();
    /** Only in a copy that is made anew each time. */
    private transient String nameInScript;

    /** The options of a job that holds an allocation for a block of steps. It runs in the workspace. */
    public static SlurmJobOptions ofAllocation() {
        SlurmJobOptions options = new SlurmJobOptions("");
        options.allocation = true;
        options.set(LaunchOption.WORKING_DIRECTORY, "workspace");
        return options;
    }

    public SlurmJobOptions(String script) {
        this.script = script == null ? "" : script;
    }

    /** A configuration that was written by hand may lack some fields. */
    private Object readResolve() {
        script = script == null ? "" : script;
        values = values == null ? new EnumMap<>(Directive.class) : values;
        run = run == null ? new EnumMap<>(LaunchOption.class) : run;
        options = options == null ? new ArrayList<>() : options;
        tasks = tasks == null ? new TaskOptions() : tasks;
        return this;
    }

    public String script() {
        return script;
    }

    // spotless:off

    /** Name of the cluster, {@code null} for the only one. */
    @CheckForNull public String cluster() { return cluster; }
    public void cluster(@CheckForNull String name) { cluster = orNull(name); }

    /** Id of the image, {@code null} to run on the host. */
    @CheckForNull public String image() { return image; }
    public void image(@CheckForNull String id) { image = orNull(id); }

    /** Name of the template, {@code null} for the template of the image, if it has one. */
    @CheckForNull public String template() { return template; }
    public void template(@CheckForNull String name) { template = orNull(name); }

    /** Patterns of the files to attach, {@code null} for none. */
    @CheckForNull public String files() { return files; }
    public void files(@CheckForNull String patterns) { files = orNull(patterns); }

    /** Patterns of the files to copy back, {@code null} for none. */
    @CheckForNull public String outputs() { return outputs; }
    public void outputs(@CheckForNull String patterns) { outputs = orNull(patterns); }

    /** Names of build variables that the job gets, and new variables as {@code NAME=value}. */
    public List<String> env() { return env == null ? new ArrayList<>() : new ArrayList<>(env); }
    public void env(@CheckForNull List<String> variables) { env = variables == null || variables.isEmpty() ? null : new ArrayList<>(variables); }

    /** Further {@code sbatch} options. */
    public List<String> options() { return new ArrayList<>(options); }
    public void options(@CheckForNull List<String> more) { options = new ArrayList<>(more == null ? List.of() : more); }

    /** Name of the character set in which the job prints, {@code null} for UTF-8. */
    @CheckForNull public String encoding() { return encoding; }
    public void encoding(@CheckForNull String name) { encoding = orNull(name); }

    /** How long the job may wait in the queue, in Slurm's notation; {@code null} for ever. */
    @CheckForNull public String maxPending() { return maxPending; }
    public void maxPending(@CheckForNull String time) { maxPending = orNull(time); }

    /** Whether the outputs are archived with the build. */
    public boolean archive() { return archive; }
    public void archive(boolean keep) { archive = keep; }

    /** Whether patterns of files may match no file. */
    public boolean allowEmptyFiles() { return allowEmptyFiles; }
    public void allowEmptyFiles(boolean allow) { allowEmptyFiles = allow; }

    /** Whether copies of files are compared with the originals. */
    public boolean checksums() { return checksums; }
    public void checksums(boolean compare) { checksums = compare; }

    /** Whether Slurm only checks the job and does not run it. */
    public boolean dryRun() { return dryRun; }
    public void dryRun(boolean check) { dryRun = check; }

    /** Whether the exit code is returned, whatever it is. */
    public boolean returnStatus() { return returnStatus; }
    public void returnStatus(boolean status) { returnStatus = status; }

    /** Whether what the program prints is returned. */
    public boolean returnStdout() { return returnStdout; }
    public void returnStdout(boolean stdout) { returnStdout = stdout; }

    /** Whether a job that did not succeed fails the build. */
    public boolean propagate() { return !anyOutcome; }
    public void propagate(boolean fail) { anyOutcome = !fail; }

    // spotless:on

    /** Whether the job holds an allocation for a block of steps, and has no script. */
    public boolean isAllocation() {
        return allocation;
    }

    /** A directive's value as it was written, {@code null} if it is not set. */
    @CheckForNull
    public String get(Directive directive) {
        return values.get(directive);
    }

    public void set(Directive directive, @CheckForNull String value) {
        put(values, directive, value);
    }

    /** A directive's value as a number, {@code null} if it is not set. */
    @CheckForNull
    public Integer number(Directive directive) {
        String text = values.get(directive);
        return text == null ? null : Integer.valueOf(text);
    }

    public void number(Directive directive, @CheckForNull Integer value) {
        set(directive, value == null ? null : value.toString());
    }

    /** A launch option's value as it was written, {@code null} if it is not set. */
    @CheckForNull
    public String get(LaunchOption option) {
        return run.get(option);
    }

    public void set(LaunchOption option, @CheckForNull String value) {
        put(run, option, value);
    }

    /** The options that only job arrays have. */
    public TaskOptions tasks() {
        return tasks;
    }

    /** The job's name from its script, used if the build gives it none; {@code null} for none. */
    @CheckForNull
    String nameInScript() {
        return nameInScript;
    }

    void nameInScript(@CheckForNull String name) {
        nameInScript = name;
    }

    /**
     * The same options for other tasks of the array. They start now: the time to wait for was meant for the first try.
     */
    SlurmJobOptions withArray(String text) {
        SlurmJobOptions copy = rewritten(UnaryOperator.identity());
        copy.set(Directive.ARRAY, text);
        copy.set(Directive.BEGIN, null);
        return copy;
    }

    /** Whether the job needs any workspace. */
    public boolean usesWorkspace() {
        return needsWorkspace() || run.containsKey(LaunchOption.SCRIPT_FILE);
    }

    /** The same options with the text of the file that holds the script. */
    public SlurmJobOptions withScript(String text) {
        SlurmJobOptions copy = rewritten(UnaryOperator.identity());
        copy.script = text;
        copy.set(LaunchOption.SCRIPT_FILE, null);
        return copy;
    }

    /** Whether the job takes files from a workspace on a head node, leaves some there or runs in it. */
    public boolean needsWorkspace() {
        return files != null
                || outputs != null
                || tasks.asFiles()
                || "workspace".equals(run.get(LaunchOption.WORKING_DIRECTORY));
    }

    /** The same options with changed values, for example with variables replaced. The script stays as it is. */
    public SlurmJobOptions rewritten(UnaryOperator<String> rewrite) {
        SlurmJobOptions copy = clone();
        copy.cluster = rewritten(cluster, rewrite);
        copy.image = rewritten(image, rewrite);
        copy.template = rewritten(template, rewrite);
        copy.files = rewritten(files, rewrite);
        copy.outputs = rewritten(outputs, rewrite);
        copy.encoding = rewritten(encoding, rewrite);
        copy.maxPending = rewritten(maxPending, rewrite);
        copy.values = new EnumMap<>(Directive.class);
        values.forEach((directive, value) -> copy.set(directive, rewrite.apply(value)));
        copy.run = new EnumMap<>(LaunchOption.class);
        run.forEach((option, value) -> copy.set(option, option.rewritten(value, rewrite)));
        copy.options(options.stream().map(rewrite).toList());
        copy.env(env().stream().map(rewrite).toList());
        copy.tasks = tasks.rewritten(rewrite);
        return copy;
    }

    /**
     * Copies every field, so that none can be forgotten. Only texts and mutable fields need a line in
     * {@link #rewritten}.
     */
    @Override
    protected SlurmJobOptions clone() {
        try {
            return (SlurmJobOptions) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    @CheckForNull
    private static String rewritten(@CheckForNull String text, UnaryOperator<String> rewrite) {
        return text == null ? null : orNull(rewrite.apply(text));
    }

    /** All directives as they were written. */
    Map<Directive, String> directives() {
        return new EnumMap<>(values);
    }

    /** All launch options as they were written. */
    Map<LaunchOption, String> run() {
        return new EnumMap<>(run);
    }

    private static <K> void put(Map<K, String> values, K option, @CheckForNull String value) {
        String text = orNull(value);
        if (text == null) {
            values.remove(option);
        } else {
            values.put(option, text);
        }
    }

    @CheckForNull
    private static String orNull(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
