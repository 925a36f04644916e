package io.jenkins.plugins.slurmapptainer.catalog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.slurmapptainer.image.EntryText;
import io.jenkins.plugins.slurmapptainer.image.LaunchDefaults;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.Interpreter;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The part of an entry that says how a script runs in the image. The names of the fields are a file format. */
@Restricted(NoExternalUse.class)
public abstract class LaunchSettings {
    private String binds;
    private String environment;
    private String gpu;
    private String interpreter;
    private String template;

    LaunchSettings() {}

    /** Directories that programs in the image can see, separated by line breaks or commas, {@code null} for none. */
    @CheckForNull
    public String getBinds() {
        return binds;
    }

    @DataBoundSetter
    public void setBinds(String binds) {
        this.binds = Util.fixEmptyAndTrim(binds);
    }

    /** Lines {@code NAME=value}, {@code null} for none. */
    @CheckForNull
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** {@code none}, {@code nv} or {@code rocm}. */
    public String getGpu() {
        return gpu == null ? "none" : gpu;
    }

    @DataBoundSetter
    public void setGpu(String gpu) {
        String word = Util.fixEmptyAndTrim(gpu);
        this.gpu = "none".equals(word) ? null : word;
    }

    /** Interpreter of scripts without a {@code #!} line, {@code null} for the usual one. */
    @CheckForNull
    public String getInterpreter() {
        return interpreter;
    }

    @DataBoundSetter
    public void setInterpreter(String interpreter) {
        this.interpreter = Util.fixEmptyAndTrim(interpreter);
    }

    /** Name of the template for builds that name none, {@code null} for none. */
    @CheckForNull
    public String getTemplate() {
        return template;
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        this.template = Util.fixEmptyAndTrim(template);
    }

    final LaunchDefaults defaults() {
        return new LaunchDefaults(
                EntryText.binds(Util.fixNull(binds)),
                EntryText.environment(Util.fixNull(environment)),
                EntryText.word("gpu", getGpu(), Gpu.class),
                Interpreter.parse(Util.fixNull(interpreter)),
                Util.fixNull(template));
    }
}
