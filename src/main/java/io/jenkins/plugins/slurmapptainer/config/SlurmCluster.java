package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.slurmapptainer.agent.AgentHeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodeCheckRequest;
import io.jenkins.plugins.slurmapptainer.job.BuildVariables;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import io.jenkins.plugins.slurmapptainer.job.OutputLimits;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmJwt;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * One Slurm cluster: the agents on its head nodes, the directory that head nodes and compute nodes share, the program
 * that runs containers there, and what builds may ask for. The names of the fields are a file format. Jenkins makes it
 * from a form or a file and replaces it as a whole when the configuration changes.
 */
public final class SlurmCluster extends ContainerSettings implements Describable<SlurmCluster> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final String name;
    private final String headNodeLabel;
    private final String sharedDirectory;
    private String commandDirectory;
    private List<DefaultOption> defaults = new ArrayList<>();
    private ClusterLimits limits;
    private String allowedFolders;
    private String slurmJwtCredentialsId;
    private JobRetention retention;
    private String buildVariables = BuildVariables.USUAL;

    /**
     * @param name by which a build chooses the cluster
     * @param headNodeLabel label of the agents that run on head nodes; any of them that is online is used
     * @param sharedDirectory absolute path, the same on head nodes and compute nodes
     */
    @DataBoundConstructor
    public SlurmCluster(String name, String headNodeLabel, String sharedDirectory) {
        this.name = Util.fixNull(name).trim();
        this.headNodeLabel = Util.fixNull(headNodeLabel).trim();
        this.sharedDirectory = Util.fixNull(sharedDirectory).trim();
    }

    /** @throws InvalidRequestException for a name that builds could not use */
    static void checkName(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "name", "use letters, digits and . _ - only, for example 'main'; builds choose the cluster by it");
        }
    }

    public String getName() {
        return name;
    }

    public String getHeadNodeLabel() {
        return headNodeLabel;
    }

    public String getSharedDirectory() {
        return sharedDirectory;
    }

    /** Directory of Slurm's commands on the head nodes. It is searched before the agent's {@code PATH}. */
    @CheckForNull
    public String getCommandDirectory() {
        return commandDirectory;
    }

    @DataBoundSetter
    public void setCommandDirectory(String commandDirectory) {
        this.commandDirectory = Util.fixEmptyAndTrim(commandDirectory);
    }

    /** The values of options that a build does not set. */
    public List<DefaultOption> getDefaults() {
        return new ArrayList<>(defaults);
    }

    @DataBoundSetter
    public void setDefaults(List<DefaultOption> defaults) {
        this.defaults = new ArrayList<>(Util.fixNull(defaults));
    }

    /** The most that a job may ask for, {@code null} for whatever Slurm allows. */
    @CheckForNull
    public ClusterLimits getLimits() {
        return limits;
    }

    /** How many jobs one build may submit. */
    public int jobsPerBuild() {
        Integer most = limits == null ? null : limits.getJobsPerBuild();
        return most == null ? ClusterLimits.USUAL_JOBS : most;
    }

    @DataBoundSetter
    public void setLimits(ClusterLimits limits) {
        this.limits = limits;
    }

    /** Full names of the folders whose jobs may use the cluster, one a line; empty for all. */
    @CheckForNull
    public String getAllowedFolders() {
        return allowedFolders;
    }

    @DataBoundSetter
    public void setAllowedFolders(String allowedFolders) {
        this.allowedFolders = Util.fixEmptyAndTrim(allowedFolders);
    }

    /** Id of the secret text with the token that authenticates Slurm's commands, {@code null} for none. */
    @CheckForNull
    public String getSlurmJwtCredentialsId() {
        return slurmJwtCredentialsId;
    }

    @DataBoundSetter
    public void setSlurmJwtCredentialsId(String slurmJwtCredentialsId) {
        this.slurmJwtCredentialsId = Util.fixEmptyAndTrim(slurmJwtCredentialsId);
    }

    /**
     * How long directories of ended jobs stay on this cluster, {@code null} for the time that holds for all clusters.
     */
    @CheckForNull
    public JobRetention getRetention() {
        return retention;
    }

    @DataBoundSetter
    public void setRetention(@CheckForNull JobRetention retention) {
        this.retention = retention;
    }

    /** Names of build variables that every job gets, separated by commas or lines. */
    public String getBuildVariables() {
        return buildVariables;
    }

    @DataBoundSetter
    public void setBuildVariables(String buildVariables) {
        this.buildVariables = Util.fixNull(buildVariables).trim();
    }

    /** @throws InvalidRequestException for names that are not acceptable */
    public BuildVariables variablesOfBuilds() {
        return BuildVariables.of("buildVariables", buildVariables);
    }

    /** A file that was written by hand may lack some fields. */
    private Object readResolve() {
        defaults = defaults == null ? new ArrayList<>() : defaults;
        buildVariables = buildVariables == null ? BuildVariables.USUAL : buildVariables;
        completeContainers();
        return this;
    }

    /** The agents on the cluster's head nodes. */
    public AgentHeadNodes headNodes() {
        return new AgentHeadNodes(headNodeLabel, this::access);
    }

    private SlurmAccess access() throws IOException {
        try {
            StringCredentials credentials = jwtCredentials();
            SlurmJwt jwt = credentials == null ? SlurmJwt.NONE : JwtCredentials.token(credentials);
            return new SlurmAccess(Util.fixNull(commandDirectory), jwt);
        } catch (InvalidRequestException e) {
            throw new IOException("cluster " + name + ": " + e.getMessage(), e);
        }
    }

    /**
     * The credentials that authenticate Slurm's commands, {@code null} for Slurm's usual way.
     *
     * @throws InvalidRequestException when they are configured but not there
     */
    @CheckForNull
    public StringCredentials jwtCredentials() {
        return slurmJwtCredentialsId == null ? null : JwtCredentials.get(slurmJwtCredentialsId);
    }

    /**
     * The rules for builds: defaults, limits, mounts, how scripts run, and home directories.
     *
     * @throws InvalidRequestException for a setting that is not acceptable
     */
    public ClusterRules rules() {
        Map<Directive, String> values = new EnumMap<>(Directive.class);
        defaults.forEach(option -> values.put(option.directive(), option.checked()));
        return new ClusterRules(
                name,
                values,
                limits == null ? Limits.NONE : limits.toLimits(),
                bindRoots(name),
                limits == null ? OutputLimits.NONE : limits.toOutputLimits(),
                containerRules(),
                homeRules());
    }

    /** Whether the jobs of a folder may use the cluster. */
    public boolean allowsFolder(String fullName) {
        return NamePatterns.of(Util.fixNull(allowedFolders)).allowsFolder(fullName);
    }

    /**
     * Tries the cluster on one of its head nodes. Waits for the answer.
     *
     * @throws InvalidRequestException for a setting that is not acceptable
     * @throws IOException when no head node answers
     */
    List<Finding> check() throws IOException, InterruptedException {
        checkName(name);
        ContainerProgram program = containerProgram();
        HeadNodeCheckRequest request = new HeadNodeCheckRequest(
                JobDirectory.absolute("sharedDirectory", sharedDirectory),
                new ArrayList<>(rules().apply(Map.of(), List.of()).options()),
                program.command(),
                new ArrayList<>(program.preamble()),
                new ArrayList<>(rules().bindRoots().paths()));
        return headNodes().check(request);
    }
}
