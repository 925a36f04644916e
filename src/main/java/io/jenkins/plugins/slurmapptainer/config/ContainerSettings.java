package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ContainerRules;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.HomeRules;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The part of a cluster that says which program runs containers on its compute nodes, and what programs in them see of
 * these nodes. The names of the fields are a file format.
 */
@Restricted(NoExternalUse.class)
public abstract class ContainerSettings {
    private static final String DEFAULT_APPTAINER = "apptainer";
    private static final String DEFAULT_HOME = "job";

    private String apptainer = DEFAULT_APPTAINER;
    private String preamble;
    private String allowedBinds;
    private boolean imageRequired;
    private boolean alwaysContainall;
    private String home = DEFAULT_HOME;
    private boolean accountHomeAllowed;

    ContainerSettings() {}

    /** Name or path of the container program on the compute nodes. */
    public String getApptainer() {
        return apptainer;
    }

    @DataBoundSetter
    public void setApptainer(String apptainer) {
        String program = Util.fixEmptyAndTrim(apptainer);
        this.apptainer = program == null ? DEFAULT_APPTAINER : program;
    }

    /** Commands that the batch script runs before the container program, one a line. */
    @CheckForNull
    public String getPreamble() {
        return preamble;
    }

    @DataBoundSetter
    public void setPreamble(String preamble) {
        this.preamble = Util.fixEmptyAndTrim(preamble);
    }

    /** Directories of the nodes that builds may mount into containers, one a line; empty for none. */
    @CheckForNull
    public String getAllowedBinds() {
        return allowedBinds;
    }

    @DataBoundSetter
    public void setAllowedBinds(String allowedBinds) {
        this.allowedBinds = Util.fixEmptyAndTrim(allowedBinds);
    }

    /** Whether scripts may run only in images. */
    public boolean isImageRequired() {
        return imageRequired;
    }

    @DataBoundSetter
    public void setImageRequired(boolean imageRequired) {
        this.imageRequired = imageRequired;
    }

    /** Whether all containers hide the node's temporary files, processes and IPC, whatever a build asks for. */
    public boolean isAlwaysContainall() {
        return alwaysContainall;
    }

    @DataBoundSetter
    public void setAlwaysContainall(boolean alwaysContainall) {
        this.alwaysContainall = alwaysContainall;
    }

    /** The home directory of programs in containers if a build chooses none: {@code job} or {@code account}. */
    public String getHome() {
        return home;
    }

    @DataBoundSetter
    public void setHome(String home) {
        String chosen = Util.fixEmptyAndTrim(home);
        this.home = chosen == null ? DEFAULT_HOME : chosen;
    }

    /** Whether builds may choose the account's home directory for programs in containers. */
    public boolean isAccountHomeAllowed() {
        return accountHomeAllowed;
    }

    @DataBoundSetter
    public void setAccountHomeAllowed(boolean accountHomeAllowed) {
        this.accountHomeAllowed = accountHomeAllowed;
    }

    /**
     * The container program of the compute nodes.
     *
     * @throws InvalidRequestException for a preamble that is not acceptable
     */
    public final ContainerProgram containerProgram() {
        return new ContainerProgram(apptainer, ContainerProgram.preamble("preamble", Util.fixNull(preamble)));
    }

    /**
     * The directories that builds may mount.
     *
     * @param cluster its name, for messages
     * @throws InvalidRequestException for a directory that is not acceptable
     */
    final BindRoots bindRoots(String cluster) {
        return BindRoots.of(cluster, "allowedBinds", Util.fixNull(allowedBinds));
    }

    /** Rules for running scripts that hold whatever a build asks for. */
    final ContainerRules containerRules() {
        return new ContainerRules(imageRequired, alwaysContainall);
    }

    /**
     * The home directories that programs may have.
     *
     * @throws InvalidRequestException for an unknown one
     */
    final HomeRules homeRules() {
        return new HomeRules(Home.parse(home), accountHomeAllowed);
    }

    /** Sets defaults for whatever a file that was written by hand leaves out. */
    final void completeContainers() {
        apptainer = apptainer == null ? DEFAULT_APPTAINER : apptainer;
        home = home == null ? DEFAULT_HOME : home;
    }
}
