package io.jenkins.plugins.slurmapptainer.execution;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.agent.WorkspaceScript;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobName;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.WorkingDirectory;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * Makes the plan of a job from the options of a build, and checks all of them against the configuration. Safe for
 * several threads; {@link #plan} waits for agents.
 */
public final class JobPlanner {
    private final SlurmJobOptions written;
    private final JobPlace place;
    /** {@code null} for a preview. */
    @CheckForNull
    private final Run<?, ?> run;
    /** Read when it is first needed, because script or configuration may contain errors. */
    private ScriptHeadUse head;

    private TemplateUse template;

    public JobPlanner(SlurmJobOptions options, Run<?, ?> run) {
        this(options, new JobPlace(run.getParent()), run);
    }

    private JobPlanner(SlurmJobOptions options, JobPlace place, @CheckForNull Run<?, ?> run) {
        this.written = options;
        this.place = place;
        this.run = run;
    }

    private synchronized TemplateUse template() {
        if (template == null) {
            head = ScriptHeadUse.of(written, "script");
            template = head.check(
                    () -> TemplateUse.of(head.options(), place.item(), written.get(LaunchOption.SCRIPT_FILE) == null));
        }
        return template;
    }

    /** Reads the head of the script, which is known now. */
    private synchronized TemplateUse template(String script) {
        head = ScriptHeadUse.of(written.withScript(script), LaunchOption.SCRIPT_FILE.field());
        template = head.check(() -> TemplateUse.of(head.options(), place.item(), true));
        return template;
    }

    /**
     * Makes a planner for {@link #preview} only.
     *
     * @param place the job, or the folder of a job that does not exist yet; {@code null} for no particular place
     */
    static JobPlanner previewing(SlurmJobOptions options, @CheckForNull Item place) {
        return new JobPlanner(options, new JobPlace(place), null);
    }

    /**
     * The cluster of the job.
     *
     * @throws InvalidRequestException when there is no such cluster, or the build may not use it
     */
    public SlurmCluster cluster() {
        SlurmCluster cluster =
                SlurmGlobalConfiguration.get().cluster(template().options().cluster());
        place.checkCluster(cluster);
        return cluster;
    }

    /**
     * Whether the job takes files from a workspace on a head node, leaves some there or runs in it. Includes what its
     * template sets.
     *
     * @throws InvalidRequestException for a template that is not in order
     */
    public boolean needsWorkspace() {
        return template().options().needsWorkspace();
    }

    /** Whether the job needs any workspace; see {@link #needsWorkspace}. */
    public boolean usesWorkspace() {
        return template().options().usesWorkspace();
    }

    /** The same for options that may contain errors. {@link #plan} reports these. */
    public boolean mayUseWorkspace() {
        try {
            return usesWorkspace();
        } catch (InvalidRequestException e) {
            return false;
        }
    }

    /** The agent with the workspace, empty if any head node will do. */
    public String workspaceAgent(@CheckForNull FilePath workspace) {
        Computer computer = workspace == null ? null : workspace.toComputer();
        return computer == null ? "" : computer.getName();
    }

    /**
     * Checks everything that can be checked without the head node.
     *
     * @param workspace of the build, {@code null} if it has none
     * @param environment the build's variables at this place of the build
     * @param secret names of variables that jobs get only if they are requested
     * @param console gets a line about the template, if there is one
     * @throws InvalidRequestException naming the first parameter that is wrong
     * @throws IOException when the agent with the script's file does not answer
     */
    public JobPlan plan(
            @CheckForNull FilePath workspace,
            Map<String, String> environment,
            Set<String> secret,
            Consumer<String> console)
            throws IOException, InterruptedException {
        Run<?, ?> build = Objects.requireNonNull(run);
        SlurmCluster cluster = cluster();
        TemplateUse use =
                isScriptElsewhere() ? template(read(written.get(LaunchOption.SCRIPT_FILE), workspace)) : template();
        head.told().forEach(console);
        use.told().ifPresent(console);
        SlurmJobOptions complete = head.check(() -> {
            DependencyCheck.check(
                    use.options().get(Directive.DEPENDENCY),
                    cluster.getName(),
                    SlurmJobsAction.of(build).getJobs());
            return use.options();
        });
        StringCredentials token = cluster.jwtCredentials();
        if (token != null) {
            CredentialsProvider.track(build, token);
        }
        Map<String, String> open = new HashMap<>(environment);
        open.keySet().removeAll(secret);
        JobPlan plan = plan(complete, cluster, () -> path(cluster, workspace), build.getExternalizableId(), environment)
                .withVariables(cluster.variablesOfBuilds(), open);
        if (written.isAllocation() && !cluster.headNodes().includes(workspaceAgent(workspace))) {
            throw new InvalidRequestException(
                    "cluster",
                    "commands reach an allocation of " + cluster.getName()
                            + " only from a head node; put the step into node('" + cluster.getHeadNodeLabel()
                            + "') { … }");
        }
        boolean remote =
                !plan.workspace().path().isEmpty() && !cluster.headNodes().includes(workspaceAgent(workspace));
        return remote && !isShared(workspace, cluster) ? remote(plan, cluster) : plan;
    }

    /** Whether the head nodes see the workspace of another agent, so that its files can be used in place. */
    private static boolean isShared(FilePath workspace, SlurmCluster cluster) throws IOException, InterruptedException {
        String shared = JobDirectory.absolute("sharedDirectory", cluster.getSharedDirectory());
        return workspace.getRemote().startsWith(shared + "/")
                && cluster.headNodes().see(workspace);
    }

    /**
     * Makes a plan without a build: all variables are empty, and no workspace is looked for.
     *
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    JobPlan preview() {
        Map<String, String> environment = written.env().stream()
                .filter(element -> element.indexOf('=') < 0)
                .flatMap(element -> EnvironmentRequest.elements(element).stream())
                .collect(Collectors.toMap(name -> name, name -> "", (one, same) -> one));
        String build =
                place.item() instanceof Job<?, ?> job ? job.getFullName() + "#" + job.getNextBuildNumber() : "preview";
        SlurmJobOptions complete = template().options();
        if (isScriptElsewhere()) {
            complete = complete.withScript("# Here follows what is in " + written.get(LaunchOption.SCRIPT_FILE)
                    + ", whose #SBATCH lines count as well");
        }
        return plan(complete, cluster(), () -> "", build, environment);
    }

    private JobPlan plan(
            SlurmJobOptions complete,
            SlurmCluster cluster,
            Supplier<String> workspace,
            String build,
            Map<String, String> environment) {
        if (complete.image() == null) {
            place.checkImage("");
        }
        return head.check(() -> OptionsCheck.plan(
                complete,
                JobDirectory.absolute("sharedDirectory", cluster.getSharedDirectory()),
                cluster.containerProgram(),
                cluster.rules(),
                wanted -> image(wanted, cluster),
                workspace,
                JobName.derivedFrom(build),
                environment));
    }

    /**
     * Whether the script is in a file of the workspace.
     *
     * @throws InvalidRequestException when there is also a script in the options
     */
    private boolean isScriptElsewhere() {
        boolean elsewhere = written.get(LaunchOption.SCRIPT_FILE) != null;
        if (elsewhere && !written.script().isBlank()) {
            throw new InvalidRequestException(
                    LaunchOption.SCRIPT_FILE.field(), "there is a script already; write either script or scriptFile");
        }
        return elsewhere;
    }

    private static String read(String file, @CheckForNull FilePath workspace) throws IOException, InterruptedException {
        if (workspace == null) {
            throw new InvalidRequestException(
                    LaunchOption.SCRIPT_FILE.field(), "there is no workspace here; put the step into node { … }");
        }
        return WorkspaceScript.read(workspace, file);
    }

    private ImageRecord image(String wanted, SlurmCluster cluster) {
        ImageCatalog catalog = ImageCatalog.get();
        ImageRecord image = catalog.image(wanted, cluster.getName(), place.item());
        boolean listed = catalog.list().byId(image.id()).filter(image::equals).isPresent();
        // A file may have any name, so a name like that of an image in the catalog proves nothing.
        place.checkImage(listed ? image.id() : image.path());
        return image.inDirectory(SlurmEngine.root(cluster) + "/images");
    }

    private static JobPlan remote(JobPlan plan, SlurmCluster cluster) {
        if (plan.workingDirectory().kind() == WorkingDirectory.Kind.WORKSPACE) {
            throw new InvalidRequestException(
                    "workingDirectory",
                    "the workspace is not on a head node of " + cluster.getName()
                            + "; run the build on an agent with the label " + cluster.getHeadNodeLabel()
                            + " whose workspaces are on the shared directory");
        }
        return plan.withRemoteWorkspace();
    }

    /** The parameter that needs the workspace. */
    private String workspaceUse() {
        if (written.files() != null || written.outputs() != null) {
            return "files";
        }
        return written.tasks().asFiles() ? "taskOutput" : "workingDirectory";
    }

    private String path(SlurmCluster cluster, @CheckForNull FilePath workspace) {
        if (workspace == null) {
            throw new InvalidRequestException(
                    workspaceUse(),
                    "there is no workspace here; put the step into node('" + cluster.getHeadNodeLabel() + "') { … }");
        }
        return workspace.getRemote();
    }
}
