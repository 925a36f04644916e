package io.jenkins.plugins.slurmapptainer.realcluster;

import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.EngineThreads;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.WorkspaceUse;
import io.jenkins.plugins.slurmapptainer.execution.OptionsCheck;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.job.WorkingDirectory;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * The Slurm cluster of this machine, as {@code src/cluster/cluster env} describes it, with an engine of its own. Runs in
 * a process of the user that jobs belong to.
 */
public final class RealCluster implements AutoCloseable {
    /** For what takes seconds on a machine that does nothing else. */
    public static final Duration PATIENCE = Duration.ofMinutes(4);

    private final String shared;
    private final String images;
    private final EngineThreads threads = new EngineThreads(Executors.defaultThreadFactory());
    private final List<RecordingClient> hosts = new CopyOnWriteArrayList<>();
    private final Engine engine;
    private final HeadNode headNode;

    public RealCluster() {
        this(new LocalHeadNode(), EngineSettings.DEFAULTS);
    }

    public RealCluster(HeadNode headNode, EngineSettings settings) {
        this(headNode, settings, required("SHARED_DIR"));
    }

    /** @param shared a directory that all nodes see */
    public RealCluster(HeadNode headNode, EngineSettings settings, String shared) {
        this.headNode = headNode;
        this.shared = shared;
        images = required("IMAGES_DIR");
        engine = new Engine(threads, settings);
    }

    public static String required(String variable) {
        String value = System.getenv(variable);
        assertNotNull(value, variable + " is not set: run this with src/cluster/as-user");
        return value;
    }

    public String shared() {
        return shared;
    }

    public HeadNode headNode() {
        return headNode;
    }

    public Engine engine() {
        return engine;
    }

    public HeadNodes headNodes() {
        return preferred -> new HeadNodes.Found("here", headNode);
    }

    public ImageRecord python() {
        return ImageRecord.ofPath("python_3.11", images + "/compute/python_3.11.sif");
    }

    /** With Open MPI and MPICH; not every cluster has it. */
    public ImageRecord mpi() {
        return ImageRecord.ofPath("mpi", images + "/compute/mpi.sif");
    }

    public String root() {
        return JobDirectory.root(shared, "tests");
    }

    public JobRecord newRecord() {
        return new JobRecord(JobToken.random(), "real", root(), "", System.currentTimeMillis());
    }

    /** A plan with a short time limit; further directives as given. */
    public JobPlan plan(
            boolean inImage,
            String script,
            Map<Directive, String> directives,
            List<String> options,
            String workspace,
            String files) {
        return plan(inImage, script, Directives.of(directives, options), JobEnvironment.NONE, workspace, files, "");
    }

    /** A plan whose outputs are copied into the workspace. */
    public JobPlan planWithOutputs(boolean inImage, String script, String workspace, String files, String outputs) {
        Directives none = Directives.of(Map.of(), List.of());
        return plan(inImage, script, none, JobEnvironment.NONE, workspace, files, outputs);
    }

    /** A plan without files, with variables of a build. */
    public JobPlan plan(boolean inImage, String script, List<String> options, JobEnvironment environment) {
        return plan(inImage, script, Directives.of(Map.of(), options), environment, "", "", "");
    }

    /** A plan without files, in another image than the usual one or with other defaults. */
    public JobPlan plan(ContainerImage image, String script) {
        return plan(Optional.of(image), script, Directives.of(Map.of(), List.of()), JobEnvironment.NONE, "", "", "");
    }

    /** A plan without files. */
    public JobPlan plan(boolean inImage, String script, Directives directives, JobEnvironment environment) {
        return plan(inImage, script, directives, environment, "", "", "");
    }

    private JobPlan plan(
            boolean inImage,
            String script,
            Directives directives,
            JobEnvironment environment,
            String workspace,
            String files,
            String outputs) {
        Optional<ContainerImage> image = inImage ? Optional.of(python().inContainer()) : Optional.empty();
        return plan(image, script, directives, environment, workspace, files, outputs);
    }

    private JobPlan plan(
            Optional<ContainerImage> image,
            String script,
            Directives directives,
            JobEnvironment environment,
            String workspace,
            String files,
            String outputs) {
        return new JobPlan(
                shared,
                WorkspaceUse.of(workspace, FilePattern.parse(files), FilePattern.parseOutputs(outputs)),
                directives,
                environment,
                image.map(ContainerImage::name).orElse(""),
                image,
                ContainerProgram.of("apptainer"),
                ScriptText.of(script),
                Duration.ZERO,
                false,
                WorkingDirectory.USUAL,
                Home.USUAL,
                Launch.USUAL);
    }

    /** The plan that a build's options make, in the image or on the host. */
    public JobPlan plan(SlurmJobOptions options, BindRoots roots, String workspace) {
        return plan(options, new ClusterRules("real", Map.of(), Limits.NONE, roots), workspace);
    }

    public JobPlan plan(SlurmJobOptions options, ClusterRules rules, String workspace) {
        return OptionsCheck.plan(
                options,
                shared,
                ContainerProgram.of("apptainer"),
                rules,
                wanted -> wanted.equals("mpi") ? mpi() : python(),
                () -> workspace,
                "options",
                Map.of());
    }

    /** Starts a job. */
    public RecordingClient start(JobPlan plan) {
        return start(newRecord(), plan);
    }

    public RecordingClient start(JobRecord record, JobPlan plan) {
        RecordingClient host = new RecordingClient(plan);
        host.job(engine.job(record, host, headNodes()));
        hosts.add(host);
        host.job().begin();
        return host;
    }

    /** Starts a script on the host or in the image, and waits for its end. */
    public RecordingClient run(boolean inImage, String script) throws InterruptedException {
        return start(plan(inImage, script, Map.of(), List.of(), "", "")).await();
    }

    /** Runs a command of the cluster. */
    public static String command(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }

    /** A new directory that the compute nodes do not share. */
    public static Path newWorkspace() throws IOException {
        return Files.createTempDirectory("workspace");
    }

    /** Ends this process's part; the jobs go on. */
    public void leave() {
        threads.close();
    }

    /** Leaves no job behind, whatever became of the test. */
    @Override
    public void close() throws IOException, InterruptedException {
        leave();
        for (RecordingClient host : hosts) {
            if (host.ends() == 0 && !host.record().jobId().isEmpty()) {
                command("scancel", host.record().jobId().split(";")[0]);
            }
        }
    }

    /**
     * Has a job that was requeued start soon, until it has. A node refuses a job that starts again in the second of its end ("Job credential
     * revoked"), and Slurm then puts the next start off.
     */
    public static void startAgain(String jobId, BooleanSupplier started) {
        Waits.within(Duration.ofMinutes(4), Duration.ofSeconds(2))
                .alias("job " + jobId + " starts again")
                .until(() -> {
                    if (started.getAsBoolean()) {
                        return true;
                    }
                    command("scontrol", "update", "jobid=" + jobId, "StartTime=now");
                    return false;
                });
    }
}
