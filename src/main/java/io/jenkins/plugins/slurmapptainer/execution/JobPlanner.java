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
import io.jenkins.plugins.slurmapptainer.config.UseRestriction;
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

/** From what was written to what can be carried out: checks all options of a build against the configuration. */
public final class JobPlanner {
    private final SlurmJobOptions written;
    /** The job, or a folder for jobs in it; {@code null} for nowhere in particular. */
    @CheckForNull
    private final Item place;
    /** {@code null} if nothing will be carried out. */
    @CheckForNull
    private final Run<?, ?> run;
    /** Read when it is first needed: neither script nor configuration may be in order. */
    private ScriptHeadUse head;

    private TemplateUse template;

    public JobPlanner(SlurmJobOptions options, Run<?, ?> run) {
        this(options, run.getParent(), run);
    }

    private JobPlanner(SlurmJobOptions options, @CheckForNull Item place, @CheckForNull Run<?, ?> run) {
        this.written = options;
        this.place = place;
        this.run = run;
    }

    private synchronized TemplateUse template() {
        if (template == null) {
            head = ScriptHeadUse.of(written, "script");
            template = head.check(
                    () -> TemplateUse.of(head.options(), place, written.get(LaunchOption.SCRIPT_FILE) == null));
        }
        return template;
    }

    /** The script has been read. */
    private synchronized TemplateUse template(String script) {
        head = ScriptHeadUse.of(written.withScript(script), LaunchOption.SCRIPT_FILE.field());
        template = head.check(() -> TemplateUse.of(head.options(), place, true));
        return template;
    }

    /**
     * For {@link #preview} alone.
     *
     * @param place the job whose build it would be, or the folder that the job would be in; {@code null} for nowhere in particular
     */
    static JobPlanner previewing(SlurmJobOptions options, @CheckForNull Item place) {
        return new JobPlanner(options, place, null);
    }

    /**
     * The cluster that was asked for.
     *
     * @throws InvalidRequestException when there is none, or the build may not use it
     */
    public SlurmCluster cluster() {
        SlurmCluster cluster =
                SlurmGlobalConfiguration.get().cluster(template().options().cluster());
        if (place == null) {
            return cluster;
        }
        String name = place.getFullName();
        String folder = place instanceof Job ? name.substring(0, Math.max(0, name.lastIndexOf('/'))) : name;
        if (!cluster.allowsFolder(folder)) {
            throw new InvalidRequestException(
                    "cluster",
                    "jobs " + (folder.isEmpty() ? "outside of a folder" : "in the folder '" + folder + "'")
                            + " may not use cluster " + cluster.getName()
                            + "; an administrator can allow it in Manage Jenkins, System");
        }
        for (UseRestriction restriction : UseRestriction.all()) {
            restriction.checkCluster(place, cluster.getName());
        }
        return cluster;
    }

    /**
     * Whether the job takes files from a workspace, leaves some there or runs in it, with what its template says.
     *
     * @throws InvalidRequestException for a template that is not in order
     */
    public boolean needsWorkspace() {
        return template().options().needsWorkspace();
    }

    /** Whether anything is asked of a workspace; see {@link #needsWorkspace}. */
    public boolean usesWorkspace() {
        return template().options().usesWorkspace();
    }

    /** The same, of options that are perhaps not in order: {@link #plan} says what is wrong with them. */
    public boolean mayUseWorkspace() {
        try {
            return usesWorkspace();
        } catch (InvalidRequestException e) {
            return false;
        }
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
     * @param secret names of those that nobody may see unless they are asked for
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
        boolean remote =
                !plan.workspace().path().isEmpty() && !cluster.headNodes().includes(workspaceAgent(workspace));
        return remote && !isShared(workspace, cluster) ? remote(plan, cluster) : plan;
    }

    /** Whether the head nodes have the workspace of another agent where files can be used in place. */
    private static boolean isShared(FilePath workspace, SlurmCluster cluster) throws IOException, InterruptedException {
        String shared = JobDirectory.absolute("sharedDirectory", cluster.getSharedDirectory());
        return workspace.getRemote().startsWith(shared + "/")
                && cluster.headNodes().see(workspace);
    }

    /**
     * The same without a build: no variable has a value, and no workspace is looked for.
     *
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    JobPlan preview() {
        Map<String, String> environment = written.env().stream()
                .filter(element -> element.indexOf('=') < 0)
                .flatMap(element -> EnvironmentRequest.elements(element).stream())
                .collect(Collectors.toMap(name -> name, name -> "", (one, same) -> one));
        String build = place instanceof Job<?, ?> job ? job.getFullName() + "#" + job.getNextBuildNumber() : "preview";
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
            checkImage("");
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
     * Whether a file of the workspace holds the script.
     *
     * @throws InvalidRequestException when there is another one
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
        ImageRecord image = catalog.image(wanted, cluster.getName(), place);
        boolean listed = catalog.list().byId(image.id()).filter(image::equals).isPresent();
        // A file may have any name: that it is called like an image of the catalog says nothing.
        checkImage(listed ? image.id() : image.path());
        return image.inDirectory(SlurmEngine.root(cluster) + "/images");
    }

    private void checkImage(String id) {
        if (place == null) {
            return;
        }
        for (UseRestriction restriction : UseRestriction.all()) {
            restriction.checkImage(place, id);
        }
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

    /** The parameter for which a workspace is needed. */
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
