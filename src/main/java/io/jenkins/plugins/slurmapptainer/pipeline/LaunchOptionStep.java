package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.util.List;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of a step that stand for one {@link LaunchOption} each. */
public abstract class LaunchOptionStep extends DirectiveStep {
    @CheckForNull
    public List<String> getBinds() {
        String lines = options().get(LaunchOption.BINDS);
        return lines == null ? null : lines.lines().toList();
    }

    @DataBoundSetter
    public void setBinds(List<String> binds) {
        options().set(LaunchOption.BINDS, binds == null ? null : String.join("\n", binds));
    }

    /** The binds as the form shows them, one a line. */
    @Restricted(NoExternalUse.class)
    @CheckForNull
    public String getBindLines() {
        return options().get(LaunchOption.BINDS);
    }

    public boolean isContainall() {
        return isSet(LaunchOption.CONTAINALL);
    }

    @DataBoundSetter
    public void setContainall(boolean containall) {
        set(LaunchOption.CONTAINALL, containall);
    }

    public boolean isWritableTmpfs() {
        return isSet(LaunchOption.WRITABLE_TMPFS);
    }

    @DataBoundSetter
    public void setWritableTmpfs(boolean writableTmpfs) {
        set(LaunchOption.WRITABLE_TMPFS, writableTmpfs);
    }

    public boolean isNv() {
        return isSet(LaunchOption.NV);
    }

    @DataBoundSetter
    public void setNv(boolean nv) {
        set(LaunchOption.NV, nv);
    }

    public boolean isRocm() {
        return isSet(LaunchOption.ROCM);
    }

    @DataBoundSetter
    public void setRocm(boolean rocm) {
        set(LaunchOption.ROCM, rocm);
    }

    @CheckForNull
    public String getWorkingDirectory() {
        return options().get(LaunchOption.WORKING_DIRECTORY);
    }

    @DataBoundSetter
    public void setWorkingDirectory(String workingDirectory) {
        options().set(LaunchOption.WORKING_DIRECTORY, workingDirectory);
    }

    @CheckForNull
    public String getHome() {
        return options().get(LaunchOption.HOME);
    }

    @DataBoundSetter
    public void setHome(String home) {
        options().set(LaunchOption.HOME, home);
    }

    @CheckForNull
    public String getInterpreter() {
        return options().get(LaunchOption.INTERPRETER);
    }

    @DataBoundSetter
    public void setInterpreter(String interpreter) {
        options().set(LaunchOption.INTERPRETER, interpreter);
    }

    @CheckForNull
    public String getScriptFile() {
        return options().get(LaunchOption.SCRIPT_FILE);
    }

    @DataBoundSetter
    public void setScriptFile(String scriptFile) {
        options().set(LaunchOption.SCRIPT_FILE, scriptFile);
    }

    private boolean isSet(LaunchOption option) {
        return options().get(option) != null;
    }

    private void set(LaunchOption option, boolean value) {
        options().set(option, value ? "true" : null);
    }
}
