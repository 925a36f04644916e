package io.jenkins.plugins.slurmapptainer.demo;

import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.EngineThreads;
import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.engine.StatusText;
import io.jenkins.plugins.slurmapptainer.execution.BuildConsole;
import io.jenkins.plugins.slurmapptainer.execution.JobTries;
import io.jenkins.plugins.slurmapptainer.execution.OptionsCheck;
import io.jenkins.plugins.slurmapptainer.execution.ScriptHeadUse;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobResult;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.local.ScriptFile;
import io.jenkins.plugins.slurmapptainer.image.DiscoveredImages;
import io.jenkins.plugins.slurmapptainer.image.FileLayouts;
import io.jenkins.plugins.slurmapptainer.image.ImageLookup;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.image.local.LocalImageFiles;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.job.OutputEncoding;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/** The cluster of this machine as a build sees it: one shared directory, the images below it, one workspace. */
final class DemoCluster implements AutoCloseable {
    private static final String NAME = "demo";

    private final Path workspace;
    private final String shared = required("SHARED_DIR");
    private final List<ImageRecord> images;
    private final Map<String, String> returned = new ConcurrentHashMap<>();
    private static final Duration CLEANING = Duration.ofSeconds(30);

    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final EngineThreads threads = new EngineThreads(Executors.defaultThreadFactory());
    private final Engine engine = new Engine(threads, EngineSettings.DEFAULTS);
    private final HeadNodes headNode = preferred -> new HeadNodes.Found("this machine", new LocalHeadNode());

    DemoCluster(Path workspace, PrintStream console) throws IOException {
        this(workspace, Path.of(required("IMAGES_DIR")), console);
    }

    DemoCluster(Path workspace, Path imagesDirectory, PrintStream console) throws IOException {
        this.workspace = workspace.toAbsolutePath();
        images = scan(imagesDirectory, console);
    }

    /** What a scan of the catalog finds there. */
    private static List<ImageRecord> scan(Path directory, PrintStream console) throws IOException {
        List<ScanRoot> roots = List.of(new ScanRoot(directory.toString(), FileLayouts.USUAL));
        ScanRequest request =
                new ScanRequest(new ArrayList<>(roots), "apptainer", new HashMap<>(), ScanLimits.DEFAULTS);
        try {
            ScanAnswer answer = new LocalImageFiles().scan(request, progress -> {});
            answer.skipped()
                    .forEach(file -> console.println("Not in the catalog: " + file.path() + " " + file.reason()));
            return DiscoveredImages.records(
                    DiscoveredImages.update(List.of(), NAME, roots, answer, 0).images());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
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

    ScheduledExecutorService timers() {
        return timers;
    }

    /** Runs one job, and its retries, to the end and returns what a build would get. */
    Object run(SlurmJobOptions options, Strand strand, Map<String, String> environment) throws Exception {
        JobTries tries = new JobTries(JobToken.random().value());
        List<JobRecord> ended = new ArrayList<>();
        JobRecord last = runOnce(options, tries.token(), strand, environment);
        ended.add(last);
        while (tries.again(last, options, new BuildConsole(strand.scope().console())::say)) {
            last = runOnce(JobTries.retry(options, last), tries.token(), strand, environment);
            ended.add(last);
        }
        Optional<Object> result = SlurmJobResult.of(ended, options);
        if (result.isEmpty()) {
            throw SlurmJobException.ended(ended);
        }
        return last.description().isOutputReturned() ? returned.remove(last.token()) : result.get();
    }

    private JobRecord runOnce(SlurmJobOptions options, JobToken token, Strand strand, Map<String, String> environment)
            throws Exception {
        JobRecord record = new JobRecord(token, NAME, JobDirectory.root(shared, NAME), "", System.currentTimeMillis());
        Client host = new Client(options, record, strand.scope(), environment);
        JobLifecycle job = engine.job(record, host, headNode);
        try {
            strand.waiting(() -> {
                job.begin();
                return host.over.get();
            });
        } catch (FlowInterruptedException e) {
            host.say("Stopping the job");
            job.cancel();
            host.awaitEnd();
            throw e;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
        return record;
    }

    @Override
    public void close() {
        timers.shutdown();
        try {
            threads.awaitQuiet(CLEANING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        threads.close();
    }

    /** The build's side of one job. */
    private final class Client implements JobClient, JobConsole {
        private final SlurmJobOptions options;
        private final JobRecord record;
        private final Scope scope;
        private final Map<String, String> environment;
        private final BuildConsole out;
        private final CompletableFuture<Outcome> over = new CompletableFuture<>();

        Client(SlurmJobOptions options, JobRecord record, Scope scope, Map<String, String> environment) {
            this.options = options;
            this.record = record;
            this.scope = scope;
            this.environment = environment;
            this.out = new BuildConsole(scope.console(), OutputEncoding.orUsual(options.encoding()));
        }

        /** Waits for a job that is being cancelled. Slurm gives a program 30 s to react to {@code TERM}. */
        private void awaitEnd() throws InterruptedException {
            try {
                over.get(1, TimeUnit.MINUTES);
            } catch (ExecutionException | TimeoutException e) {
                say(StatusText.leaving(record, true));
            }
        }

        @Override
        public JobConsole console() {
            return this;
        }

        @Override
        public JobPlan plan() throws IOException {
            refuse("template", options.template() != null, "templates stand in the configuration of Jenkins");
            refuse("cluster", options.cluster() != null, "names of clusters stand in the configuration of Jenkins");
            refuse("archive", options.archive(), "artifacts belong to builds of Jenkins; outputs are in the workspace");
            ScriptHeadUse head = ScriptHeadUse.of(
                    withScript(),
                    options.get(LaunchOption.SCRIPT_FILE) == null ? "script" : LaunchOption.SCRIPT_FILE.field());
            head.told().forEach(this::say);
            return head.check(() -> OptionsCheck.plan(
                    head.options(),
                    shared,
                    ContainerProgram.of("apptainer"),
                    new ClusterRules(NAME, Map.of(), Limits.NONE, new BindRoots(NAME, List.of(shared))),
                    wanted -> ImageLookup.find(images, wanted),
                    () -> directory("files").toString(),
                    NAME,
                    environment));
        }

        private Path directory(String parameter) {
            Path directory = scope.directory();
            if (directory == null) {
                throw new InvalidRequestException(
                        parameter, "there is no workspace here; put the step into node { … }");
            }
            return directory;
        }

        private void refuse(String option, boolean used, String why) {
            if (used) {
                throw new InvalidRequestException(
                        option, why + "; leave it out here, or run this Jenkinsfile in Jenkins");
            }
        }

        private SlurmJobOptions withScript() throws IOException {
            String file = options.get(LaunchOption.SCRIPT_FILE);
            if (file == null) {
                return options;
            }
            String parameter = LaunchOption.SCRIPT_FILE.field();
            if (!options.script().isBlank()) {
                throw new InvalidRequestException(
                        parameter, "there is a script already; write either script or scriptFile");
            }
            return options.withScript(ScriptFile.read(directory(parameter).toString(), file));
        }

        @Override
        public boolean usesWorkspace() {
            return options.usesWorkspace();
        }

        @Override
        public void save() {}

        @Override
        public void returned(byte[] output) {
            returned.put(record.token(), new String(output, OutputEncoding.orUsual(options.encoding())));
        }

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
