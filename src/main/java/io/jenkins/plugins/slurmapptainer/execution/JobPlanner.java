package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.agent.AgentHeadNodes;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobName;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;

/** From what was written to what can be carried out: checks all options of a build against the configuration. */
public final class JobPlanner {
    private final SlurmJobOptions options;
    private final Run<?, ?> run;

    public JobPlanner(SlurmJobOptions options, Run<?, ?> run) {
        this.options = options;
        this.run = run;
    }

    /** The cluster that was asked for. */
    public SlurmCluster cluster() {
        return SlurmGlobalConfiguration.get().cluster(options.cluster());
    }

    /** The agent whose workspace holds the files, empty if any head node will do. */
    public String workspaceAgent(@CheckForNull FilePath workspace) {
        Computer computer = workspace == null ? null : workspace.toComputer();
        return computer == null ? "" : computer.getName();
    }

    /**
     * Checks everything that can be checked without the head node.
     *
     * @param workspace of the build, {@code null} if it has none
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    public JobPlan plan(@CheckForNull FilePath workspace) {
        SlurmCluster cluster = cluster();
        return options.plan(
                JobDirectory.absolute("sharedDirectory", cluster.getSharedDirectory()),
                cluster.getApptainer(),
                wanted -> ImageCatalog.get()
                        .image(wanted, cluster.getName(), run.getParent().getFullName()),
                () -> onHeadNode(cluster, workspace),
                JobName.derivedFrom(run.getExternalizableId()));
    }

    private String onHeadNode(SlurmCluster cluster, @CheckForNull FilePath workspace) {
        String label = cluster.getHeadNodeLabel();
        if (workspace == null) {
            throw new InvalidRequestException(
                    "files", "there is no workspace here; put the step into node('" + label + "') { … }");
        }
        if (!new AgentHeadNodes(label).includes(workspaceAgent(workspace))) {
            throw new InvalidRequestException(
                    "files",
                    "the workspace is not on a head node of " + cluster.getName() + "; put the step into node('" + label
                            + "') { … }");
        }
        return workspace.getRemote();
    }
}
