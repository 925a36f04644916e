package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.RunOption;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of a step that stand for one {@link RunOption} each. */
public abstract class RunOptionStep extends DirectiveStep {
    @CheckForNull
    public List<String> getBinds() {
        String lines = options().get(RunOption.BINDS);
        return lines == null ? null : lines.lines().toList();
    }

    @DataBoundSetter
    public void setBinds(List<String> binds) {
        options().set(RunOption.BINDS, binds == null ? null : String.join("\n", binds));
    }

    /** The binds as the form shows them, one a line. */
    @Restricted(NoExternalUse.class)
    @CheckForNull
    public String getBindLines() {
        return options().get(RunOption.BINDS);
    }

    public boolean isContainall() {
        return isSet(RunOption.CONTAINALL);
    }

    @DataBoundSetter
    public void setContainall(boolean containall) {
        set(RunOption.CONTAINALL, containall);
    }

    public boolean isWritableTmpfs() {
        return isSet(RunOption.WRITABLE_TMPFS);
    }

    @DataBoundSetter
    public void setWritableTmpfs(boolean writableTmpfs) {
        set(RunOption.WRITABLE_TMPFS, writableTmpfs);
    }

    public boolean isNv() {
        return isSet(RunOption.NV);
    }

    @DataBoundSetter
    public void setNv(boolean nv) {
        set(RunOption.NV, nv);
    }

    public boolean isRocm() {
        return isSet(RunOption.ROCM);
    }

    @DataBoundSetter
    public void setRocm(boolean rocm) {
        set(RunOption.ROCM, rocm);
    }

    @CheckForNull
    public String getWorkingDirectory() {
        return options().get(RunOption.WORKING_DIRECTORY);
    }

    @DataBoundSetter
    public void setWorkingDirectory(String workingDirectory) {
        options().set(RunOption.WORKING_DIRECTORY, workingDirectory);
    }

    @CheckForNull
    public String getHome() {
        return options().get(RunOption.HOME);
    }

    @DataBoundSetter
    public void setHome(String home) {
        options().set(RunOption.HOME, home);
    }

    @CheckForNull
    public String getInterpreter() {
        return options().get(RunOption.INTERPRETER);
    }

    @DataBoundSetter
    public void setInterpreter(String interpreter) {
        options().set(RunOption.INTERPRETER, interpreter);
    }

    @CheckForNull
    public String getScriptFile() {
        return options().get(RunOption.SCRIPT_FILE);
    }

    @DataBoundSetter
    public void setScriptFile(String scriptFile) {
        options().set(RunOption.SCRIPT_FILE, scriptFile);
    }

    private boolean isSet(RunOption option) {
        return options().get(option) != null;
    }

    private void set(RunOption option, boolean value) {
        options().set(option, value ? "true" : null);
    }
}
