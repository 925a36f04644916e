package io.jenkins.plugins.slurmapptainer.demo;

import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.HeadNodes;
import io.jenkins.plugins.slurmapptainer.engine.JobHost;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.engine.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.engine.local.ScriptFile;
import io.jenkins.plugins.slurmapptainer.execution.HeadUse;
import io.jenkins.plugins.slurmapptainer.execution.JobConsole;
import io.jenkins.plugins.slurmapptainer.execution.JobTries;
import io.jenkins.plugins.slurmapptainer.execution.OptionsCheck;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobResult;
import io.jenkins.plugins.slurmapptainer.image.ImageLookup;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.job.RunOption;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The cluster of this machine as a build sees it: one shared directory, the images below it, one workspace. */
final class DemoCluster implements AutoCloseable {
    private final Path workspace;
    private final PrintStream console;
    private final String shared = required("SHARED_DIR");
    private final List<ImageRecord> images;
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(4);
    private final Engine engine = new Engine(threads, EngineSettings.DEFAULTS);
    private final HeadNodes headNode = preferred -> new HeadNodes.Found("this machine", new LocalHeadNode());

    DemoCluster(Path workspace, PrintStream console) throws IOException {
        this.workspace = workspace.toAbsolutePath();
        this.console = console;
        try (Stream<Path> files = Files.walk(Path.of(required("IMAGES_DIR")))) {
            images = files.filter(file -> file.toString().endsWith(".sif"))
                    .map(file -> ImageRecord.ofPath(
                            file.getFileName().toString().replaceFirst("\\.sif$", ""), file.toString()))
                    .collect(Collectors.toList());
        }
    }

    private static String required(String variable) {
        String value = System.getenv(variable);
        if (value == null) {
            throw new IllegalStateException(variable + " is not set: start this with make demo");
        }
        return value;
    }

    Path workspace() {
        return workspace;
    }

    /** Runs one job, and its retries, to the end and returns what a build would get. */
    Object run(SlurmJobOptions options) throws IOException, InterruptedException {
        JobTries tries = new JobTries(JobToken.random().value());
        List<JobRecord> ended = new ArrayList<>(List.of(runOnce(options, tries.token())));
        JobRecord last = ended.get(0);
        while (tries.again(last, options, new JobConsole(console)::say)) {
            last = runOnce(JobTries.retry(options, last), tries.token());
            ended.add(last);
        }
        JobRecord decisive = last;
        return SlurmJobResult.of(ended, options).orElseThrow(() -> failure(decisive));
    }

    private JobRecord runOnce(SlurmJobOptions options, JobToken token) throws IOException, InterruptedException {
        JobRecord record =
                new JobRecord(token, "demo", JobDirectory.root(shared, "demo"), "", System.currentTimeMillis());
        Host host = new Host(options, record);
        engine.job(record, host, headNode).begin();
        try {
            host.over.get();
        } catch (ExecutionException e) {
            throw new JobFailure(e.getCause().getMessage(), 1);
        }
        return record;
    }

    private static RuntimeException failure(JobRecord record) {
        Outcome outcome = record.outcome();
        return sneaky(new JobFailure(OutcomeText.of(record), outcome == null ? 1 : outcome.exitCode()));
    }

    /** Groovy does not know checked exceptions; a Jenkinsfile catches this one as it would in Jenkins. */
    @SuppressWarnings("unchecked")
    private static <T extends Throwable> RuntimeException sneaky(Throwable failure) throws T {
        throw (T) failure;
    }

    @Override
    public void close() {
        threads.shutdown();
    }

    /** The build's side of one job. */
    private final class Host implements JobHost {
        private final SlurmJobOptions options;
        private final JobRecord record;
        private final JobConsole out = new JobConsole(console);
        private final CompletableFuture<Outcome> over = new CompletableFuture<>();

        Host(SlurmJobOptions options, JobRecord record) {
            this.options = options;
            this.record = record;
        }

        @Override
        public JobPlan plan() throws IOException {
            refuse("template", options.template() != null, "templates stand in the configuration of Jenkins");
            refuse("cluster", options.cluster() != null, "names of clusters stand in the configuration of Jenkins");
            refuse("archive", options.archive(), "artifacts belong to builds of Jenkins; outputs are in the workspace");
            HeadUse head = HeadUse.of(
                    withScript(),
                    options.get(RunOption.SCRIPT_FILE) == null ? "script" : RunOption.SCRIPT_FILE.field());
            head.told().forEach(this::say);
            return head.check(() -> OptionsCheck.plan(
                    head.options(),
                    shared,
                    ContainerProgram.of("apptainer"),
                    new ClusterRules("demo", Map.of(), Limits.NONE, new BindRoots("demo", List.of(shared))),
                    wanted -> ImageLookup.find(images, wanted),
                    workspace::toString,
                    "demo",
                    System.getenv()));
        }

        private void refuse(String option, boolean used, String why) {
            if (used) {
                throw new InvalidRequestException(
                        option, why + "; leave it out here, or run this Jenkinsfile in Jenkins");
            }
        }

        private SlurmJobOptions withScript() throws IOException {
            String file = options.get(RunOption.SCRIPT_FILE);
            if (file == null) {
                return options;
            }
            if (!options.script().isBlank()) {
                throw new InvalidRequestException(
                        RunOption.SCRIPT_FILE.field(), "there is a script already; write either script or scriptFile");
            }
            return options.withScript(ScriptFile.read(workspace.toString(), file));
        }

        @Override
        public void save() {}

        @Override
        public void output(byte[] bytes, int length) throws IOException {
            out.output(bytes, length);
        }

        @Override
        public void taskOutput(int task, byte[] bytes, int length) throws IOException {
            out.taskOutput(task, bytes, length);
        }

        @Override
        public void say(String line) {
            out.say(line);
        }

        @Override
        public void ended(Outcome outcome) {
            out.say(OutcomeText.of(record));
            over.complete(outcome);
        }

        @Override
        public void failed(Throwable cause) {
            over.completeExceptionally(cause);
        }
    }
}
