package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a build asks for, as it was written: one object behind every way to ask. Nothing is checked here but by
 * {@link #directives(String)} and {@link JobPlanner}. Plain values, so that it can be kept with a build.
 */
public final class SlurmJobOptions implements Serializable {
    private static final long serialVersionUID = 1L;

    private String cluster;
    private String image;
    private String files;
    private final String script;
    private final Map<Directive, String> values = new EnumMap<>(Directive.class);
    private List<String> options = new ArrayList<>();
    private boolean returnStatus;

    public SlurmJobOptions(String script) {
        this.script = Util.fixNull(script);
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
        cluster = Util.fixEmptyAndTrim(name);
    }

    /** Id of the image, {@code null} to run on the host. */
    @CheckForNull
    public String image() {
        return image;
    }

    public void image(@CheckForNull String id) {
        image = Util.fixEmptyAndTrim(id);
    }

    /** Patterns of the files to attach, {@code null} for none. */
    @CheckForNull
    public String files() {
        return files;
    }

    public void files(@CheckForNull String patterns) {
        files = Util.fixEmptyAndTrim(patterns);
    }

    /** A directive's value as it was written, {@code null} if it was not. */
    @CheckForNull
    public String get(Directive directive) {
        return values.get(directive);
    }

    public void set(Directive directive, @CheckForNull String value) {
        String text = Util.fixEmptyAndTrim(value);
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

    /** Whether the exit code is returned, whatever it is. */
    public boolean returnStatus() {
        return returnStatus;
    }

    public void returnStatus(boolean status) {
        returnStatus = status;
    }

    /**
     * What Slurm is asked for.
     *
     * @param jobName the name of a job that was given none
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException naming the first parameter that is wrong
     */
    public Directives directives(String jobName) {
        Map<Directive, String> complete = new EnumMap<>(values);
        complete.putIfAbsent(Directive.JOB_NAME, jobName);
        return Directives.of(complete, options);
    }
}
