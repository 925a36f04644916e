package io.jenkins.plugins.slurmapptainer.execution;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.config.UseRestriction;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobName;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.util.Map;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/** From what was written to what can be carried out: checks all options of a build against the configuration. */
public final class JobPlanner {
    private final SlurmJobOptions options;
    private final Run<?, ?> run;

    public JobPlanner(SlurmJobOptions options, Run<?, ?> run) {
        this.options = options;
        this.run = run;
    }

    /**
     * The cluster that was asked for.
     *
     * @throws InvalidRequestException when there is none, or the build may not use it
     */
    public SlurmCluster cluster() {
        SlurmCluster cluster = SlurmGlobalConfiguration.get().cluster(options.cluster());
        String job = run.getParent().getFullName();
        String folder = job.substring(0, Math.max(0, job.lastIndexOf('/')));
        if (!cluster.allowsFolder(folder)) {
            throw new InvalidRequestException(
                    "cluster",
                    "jobs " + (folder.isEmpty() ? "outside of a folder" : "in the folder '" + folder + "'")
                            + " may not use cluster " + cluster.getName()
                            + "; an administrator can allow it in Manage Jenkins, System");
        }
        for (UseRestriction restriction : UseRestriction.all()) {
            restriction.checkCluster(run.getParent(), cluster.getName());
        }
        return cluster;
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
     * @param environment the variables of the build, as they are where the job is wanted
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    public JobPlan plan(@CheckForNull FilePath workspace, Map<String, String> environment) {
        SlurmCluster cluster = cluster();
        StringCredentials token = cluster.jwtCredentials();
        if (token != null) {
            CredentialsProvider.track(run, token);
        }
        if (options.image() == null) {
            checkImage("");
        }
        return options.plan(
                JobDirectory.absolute("sharedDirectory", cluster.getSharedDirectory()),
                cluster.containerProgram(),
                cluster.rules(),
                wanted -> image(wanted, cluster),
                () -> onHeadNode(cluster, workspace),
                JobName.derivedFrom(run.getExternalizableId()),
                environment);
    }

    private ImageRecord image(String wanted, SlurmCluster cluster) {
        ImageRecord image = ImageCatalog.get()
                .image(wanted, cluster.getName(), run.getParent().getFullName());
        checkImage(image.id());
        return image;
    }

    private void checkImage(String id) {
        for (UseRestriction restriction : UseRestriction.all()) {
            restriction.checkImage(run.getParent(), id);
        }
    }

    private String onHeadNode(SlurmCluster cluster, @CheckForNull FilePath workspace) {
        String label = cluster.getHeadNodeLabel();
        if (workspace == null) {
            throw new InvalidRequestException(
                    "files", "there is no workspace here; put the step into node('" + label + "') { … }");
        }
        if (!cluster.headNodes().includes(workspaceAgent(workspace))) {
            throw new InvalidRequestException(
                    "files",
                    "the workspace is not on a head node of " + cluster.getName()
                            + "; run it on an agent with the label " + label + ", in a Pipeline with node('" + label
                            + "') { … }");
        }
        return workspace.getRemote();
    }
}
