package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.SlurmDuration;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.io.Serializable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a build asks for, as it was written: one object behind every way to ask. Nothing is checked before
 * {@link #plan}. Plain values, so that it can be kept with a build and in the configuration of a job: the names of its
 * fields never change.
 */
public final class SlurmJobOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    private String cluster;
    private String image;
    private String template;
    private String files;
    private String script;
    private Map<Directive, String> values = new EnumMap<>(Directive.class);
    private List<String> options = new ArrayList<>();
    private List<String> env;
    private boolean returnStatus;
    private String maxPending;
    private String outputs;
    private boolean archive;
    private boolean allowEmptyFiles;
    private boolean checksums;
    private boolean dryRun;

    public SlurmJobOptions(String script) {
        this.script = script == null ? "" : script;
    }

    /** What is kept may have been written by hand, or before a field was there. */
    private Object readResolve() {
        script = script == null ? "" : script;
        values = values == null ? new EnumMap<>(Directive.class) : values;
        options = options == null ? new ArrayList<>() : options;
        return this;
    }

    public String script() {
        return script;
    }

    /** Name of the cluster, {@code null} for the only one. */
    @CheckForNull
    public String cluster() {
        return cluster;
    }

    public void cluster(@CheckForNull String name) {
        cluster = orNull(name);
    }

    /** Id of the image, {@code null} to run on the host. */
    @CheckForNull
    public String image() {
        return image;
    }

    public void image(@CheckForNull String id) {
        image = orNull(id);
    }

    /** Name of the template, {@code null} for the image's or none. */
    @CheckForNull
    public String template() {
        return template;
    }

    public void template(@CheckForNull String name) {
        template = orNull(name);
    }

    /** Patterns of the files to attach, {@code null} for none. */
    @CheckForNull
    public String files() {
        return files;
    }

    public void files(@CheckForNull String patterns) {
        files = orNull(patterns);
    }

    /** A directive's value as it was written, {@code null} if it was not. */
    @CheckForNull
    public String get(Directive directive) {
        return values.get(directive);
    }

    public void set(Directive directive, @CheckForNull String value) {
        String text = orNull(value);
        if (text == null) {
            values.remove(directive);
        } else {
            values.put(directive, text);
        }
    }

    /** A directive's value as a number, {@code null} if none was given. */
    @CheckForNull
    public Integer number(Directive directive) {
        String text = values.get(directive);
        return text == null ? null : Integer.valueOf(text);
    }

    public void number(Directive directive, @CheckForNull Integer value) {
        set(directive, value == null ? null : value.toString());
    }

    /** Further {@code sbatch} options. */
    public List<String> options() {
        return new ArrayList<>(options);
    }

    public void options(@CheckForNull List<String> more) {
        options = new ArrayList<>(more == null ? List.of() : more);
    }

    /** Variables of the build that the job gets, and {@code NAME=value}. */
    public List<String> env() {
        return env == null ? new ArrayList<>() : new ArrayList<>(env);
    }

    public void env(@CheckForNull List<String> variables) {
        env = variables == null || variables.isEmpty() ? null : new ArrayList<>(variables);
    }

    /** Whether the exit code is returned, whatever it is. */
    public boolean returnStatus() {
        return returnStatus;
    }

    public void returnStatus(boolean status) {
        returnStatus = status;
    }

    /** How long the job may wait for its start, in Slurm's notation; {@code null} for ever. */
    @CheckForNull
    public String maxPending() {
        return maxPending;
    }

    public void maxPending(@CheckForNull String time) {
        maxPending = orNull(time);
    }

    /** Patterns of the files to copy back, {@code null} for none. */
    @CheckForNull
    public String outputs() {
        return outputs;
    }

    public void outputs(@CheckForNull String patterns) {
        outputs = orNull(patterns);
    }

    /** Whether the outputs are archived with the build. */
    public boolean archive() {
        return archive;
    }

    public void archive(boolean keep) {
        archive = keep;
    }

    /** Whether patterns of files may match nothing. */
    public boolean allowEmptyFiles() {
        return allowEmptyFiles;
    }

    public void allowEmptyFiles(boolean allow) {
        allowEmptyFiles = allow;
    }

    /** Whether copies of files are compared with the originals. */
    public boolean checksums() {
        return checksums;
    }

    public void checksums(boolean compare) {
        checksums = compare;
    }

    /** Whether Slurm only checks the job. */
    public boolean dryRun() {
        return dryRun;
    }

    public void dryRun(boolean check) {
        dryRun = check;
    }

    /** Whether the job takes files from a workspace or leaves some there. */
    public boolean needsWorkspace() {
        return files != null || outputs != null;
    }

    /** The same options with other values, for example with variables replaced in them. The script stays as it is. */
    public SlurmJobOptions rewritten(UnaryOperator<String> rewrite) {
        SlurmJobOptions copy = new SlurmJobOptions(script);
        copy.cluster(cluster == null ? null : rewrite.apply(cluster));
        copy.image(image == null ? null : rewrite.apply(image));
        copy.template(template == null ? null : rewrite.apply(template));
        copy.files(files == null ? null : rewrite.apply(files));
        values.forEach((directive, value) -> copy.set(directive, rewrite.apply(value)));
        copy.options(options.stream().map(rewrite).collect(Collectors.toList()));
        copy.env(env().stream().map(rewrite).collect(Collectors.toList()));
        copy.returnStatus(returnStatus);
        copy.maxPending(maxPending == null ? null : rewrite.apply(maxPending));
        copy.outputs(outputs == null ? null : rewrite.apply(outputs));
        copy.archive(archive);
        copy.allowEmptyFiles(allowEmptyFiles);
        copy.checksums(checksums);
        copy.dryRun(dryRun);
        return copy;
    }

    /**
     * Checks everything that can be checked without the head node.
     *
     * @param sharedDirectory of the cluster
     * @param program runs the image on the compute nodes
     * @param rules the cluster's defaults and limits
     * @param images finds an image by its id, or throws
     * @param workspace gives the workspace's path on the head node, or throws; asked only if files are attached or fetched
     * @param jobName the name of a job that was given none
     * @param environment the variables of the build
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException naming the first parameter that is wrong
     */
    public JobPlan plan(
            String sharedDirectory,
            ContainerProgram program,
            ClusterRules rules,
            Function<String, ImageRecord> images,
            Supplier<String> workspace,
            String jobName,
            Map<String, String> environment) {
        ScriptText text = ScriptText.of(script);
        Optional<ImageRecord> found = Optional.ofNullable(image).map(images);
        Map<Directive, String> complete = new EnumMap<>(values);
        complete.putIfAbsent(Directive.JOB_NAME, jobName);
        if (archive && outputs == null) {
            throw new InvalidRequestException("archive", "there is nothing to archive; name files with outputs:");
        }
        List<FilePattern> results = outputs == null ? List.of() : FilePattern.parseOutputs(outputs);
        List<FilePattern> patterns = (files == null ? List.<FilePattern>of() : FilePattern.parse(files))
                .stream()
                        .map(pattern -> allowEmptyFiles ? pattern.asOptional() : pattern)
                        .collect(Collectors.toList());
        List<String> fileNames = patterns.stream()
                .flatMap(pattern -> VariableNames.shortName(pattern.name()).stream())
                .collect(Collectors.toList());
        return new JobPlan(
                sharedDirectory,
                patterns.isEmpty() && results.isEmpty() ? "" : workspace.get(),
                patterns,
                rules.apply(complete, options),
                EnvironmentRequest.of(env()).resolve(environment, fileNames),
                found.map(ImageRecord::id).orElse(""),
                found.map(ImageRecord::inContainer),
                program,
                text,
                maxPending == null ? Duration.ZERO : SlurmDuration.parse("maxPending", maxPending),
                results,
                dryRun,
                checksums);
    }

    @CheckForNull
    private static String orNull(@CheckForNull String text) {
        return text == null || text.isBlank() ? null : text.strip();
    }
}
