package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.job.WorkingDirectory;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** An engine with a head node in memory, whose retries come a hundred times sooner. */
final class EngineFixture implements AutoCloseable {
    /** Seconds become hundredths of a second. */
    private static final class Hasty extends ScheduledThreadPoolExecutor {
        Hasty() {
            super(1);
        }

        @Override
        public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) {
            return super.schedule(task, unit.toMillis(delay) / 100, TimeUnit.MILLISECONDS);
        }
    }

    static EngineThreads threads() {
        return new EngineThreads(Executors.defaultThreadFactory(), new Hasty());
    }

    final FakeHeadNode node = new FakeHeadNode();
    final EngineThreads threads = threads();
    private final Engine engine;
    private volatile boolean online = true;

    EngineFixture() {
        this(new EngineSettings(Duration.ofMillis(50), Duration.ofMinutes(10)));
    }

    EngineFixture(EngineSettings settings) {
        engine = new Engine(threads, settings);
    }

    void online(boolean value) {
        online = value;
    }

    HeadNodes headNodes() {
        return preferred -> {
            if (!online) {
                throw new java.io.IOException("no head node is online");
            }
            return new HeadNodes.Found("agent1", node);
        };
    }

    static JobRecord record() {
        return new JobRecord(JobToken.random(), "real", "/s/c1", "", 1);
    }

    /** A record that an earlier process left in the phase after it asked for the submission. */
    static JobRecord submitting() {
        JobRecord record = record();
        record.submitting("agent1");
        return record;
    }

    static JobRecord submitted(String id) {
        JobRecord record = submitting();
        record.submitted(id, 1);
        return record;
    }

    static JobPlan plan() {
        return plan(Duration.ZERO);
    }

    static JobPlan plan(Duration maxPending) {
        return plan(Map.of(), maxPending);
    }

    static JobPlan plan(Map<Directive, ?> directives) {
        return plan(directives, Duration.ZERO);
    }

    static JobPlan plan(Map<Directive, ?> directives, Duration maxPending) {
        return plan(directives, maxPending, "", false);
    }

    static JobPlan dryRun() {
        return plan(Map.of(), Duration.ZERO, "", true);
    }

    static JobPlan planWithOutputs(String outputs) {
        return plan(Map.of(), Duration.ZERO, outputs, false);
    }

    static JobPlan planInImage() {
        return with(plan().script(), Optional.of(new ContainerImage("a.sif", "/images/a.sif")));
    }

    static JobPlan planReturning() {
        return with(plan().script().returning(true), Optional.empty());
    }

    private static JobPlan with(ScriptText script, Optional<ContainerImage> image) {
        JobPlan plan = plan();
        return new JobPlan(
                plan.sharedDirectory(),
                plan.workspace(),
                plan.directives(),
                plan.environment(),
                "a",
                image,
                plan.program(),
                script,
                plan.maxPending(),
                plan.dryRun(),
                plan.workingDirectory(),
                plan.home(),
                plan.launch());
    }

    /** Slurm may run the job again. */
    static JobPlan requeued() {
        return plan(Directives.of(Map.of(), List.of("--requeue")), Duration.ZERO, "", false);
    }

    static JobPlan plan(Map<Directive, ?> directives, Duration maxPending, String outputs, boolean dryRun) {
        return plan(Directives.of(directives, List.of()), maxPending, outputs, dryRun);
    }

    private static JobPlan plan(Directives directives, Duration maxPending, String outputs, boolean dryRun) {
        return new JobPlan(
                "/s",
                WorkspaceUse.of("", List.of(), FilePattern.parseOutputs(outputs)),
                directives,
                JobEnvironment.NONE,
                "",
                Optional.empty(),
                ContainerProgram.of("apptainer"),
                ScriptText.of("true"),
                maxPending,
                dryRun,
                WorkingDirectory.USUAL,
                Home.USUAL,
                Launch.USUAL);
    }

    RecordingClient client(JobRecord record) {
        RecordingClient client = new RecordingClient(plan());
        client.job(run(record, client));
        return client;
    }

    JobLifecycle run(JobRecord record, JobClient client) {
        return run(record, client, headNodes());
    }

    JobLifecycle run(JobRecord record, JobClient client, HeadNodes nodes) {
        return engine.job(record, client, nodes);
    }

    RecordingClient begin(JobRecord record, JobPlan plan) {
        RecordingClient client = new RecordingClient(plan);
        client.job(run(record, client));
        client.job().begin();
        return client;
    }

    RecordingClient begin(JobRecord record) {
        RecordingClient client = client(record);
        client.job().begin();
        return client;
    }

    @Override
    public void close() {
        threads.close();
    }
}
