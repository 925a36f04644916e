package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.BuildMounts;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A rendered batch script that runs as Slurm would run it, but without Slurm and with a stand-in for Apptainer. */
final class ScriptRun {
    private final Path folder;
    private final JobDirectory directory;
    private final Map<String, String> environment = new HashMap<>();
    private final List<Export> exports = new ArrayList<>();
    private List<String> options = List.of();
    private Map<Directive, String> directives = Map.of();
    private List<String> preamble = List.of();
    private final List<String> variables = new ArrayList<>();
    private String values = "";
    private ContainerImage image;
    private int task = JobDirectory.NO_TASK;
    private boolean returned;
    private Home home = Home.USUAL;
    private Launch launch = Launch.USUAL;

    /** @param folder stands for the shared directory; nothing is known of its name */
    ScriptRun(Path folder) throws IOException {
        this(folder, folder.resolve("bin"));
    }

    /** @param programs where the stand-in for Apptainer goes; PATH cannot hold every name */
    ScriptRun(Path folder, Path programs) throws IOException {
        this.folder = folder;
        directory = new JobDirectory(JobDirectory.root(folder.toString(), "c1"), Jobs.TOKEN);
        Files.createDirectories(Path.of(directory.files()));
        Files.createDirectories(Path.of(JobDirectory.announcements(directory.root())));
        Files.createDirectories(programs);
        try (InputStream in = ScriptRun.class.getResourceAsStream("apptainer")) {
            Files.copy(in, programs.resolve("apptainer"));
        }
        assertTrue(programs.resolve("apptainer").toFile().setExecutable(true));
        environment.put("PATH", programs + ":" + System.getenv("PATH"));
        environment.put("SLURM_JOB_ID", "4711");
        environment.put("SLURMD_NODENAME", "n1");
        Path file = Files.createFile(folder.resolve("python.sif"));
        image = new ContainerImage(file.getFileName().toString(), file.toString());
    }

    ScriptRun onHost() {
        image = null;
        return this;
    }

    ScriptRun image(String path) {
        image = new ContainerImage(path.substring(path.lastIndexOf('/') + 1), path);
        return this;
    }

    /** The same image with default variables. */
    ScriptRun image(Map<String, String> variables) {
        image = new ContainerImage(image.name(), image.path(), "", List.of(), variables, Gpu.NONE, List.of());
        return this;
    }

    /** The same image with what a build has mounted. */
    ScriptRun mounts(BuildMounts mounts) {
        image = new ContainerImage(
                image.name(), image.path(), "", List.of(), Map.of(), Gpu.NONE, List.of(), Set.of(), mounts);
        return this;
    }

    ScriptRun requeue() {
        options = List.of("--requeue");
        return this;
    }

    /** A job array; each run is one of its tasks. */
    ScriptRun array(String indexes) throws IOException {
        directives = Map.of(Directive.ARRAY, indexes);
        Files.createDirectories(Path.of(directory.tasks()));
        return with("SLURM_ARRAY_JOB_ID", "4700");
    }

    /** What Slurm gives one task: an id of its own beside that of the array. */
    ScriptRun task(int index) {
        task = index;
        return with("SLURM_ARRAY_TASK_ID", "" + index).with("SLURM_JOB_ID", "" + (4711 + index));
    }

    /** The build wants the standard output back. */
    ScriptRun returning() {
        returned = true;
        return this;
    }

    /** The home directory that the build or the cluster chooses. */
    ScriptRun home(Home chosen) {
        home = chosen;
        return this;
    }

    /** How the script is started. */
    ScriptRun launch(Launch chosen) {
        launch = chosen;
        return this;
    }

    ScriptRun preamble(String... commands) {
        preamble = List.of(commands);
        return this;
    }

    ScriptRun with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    ScriptRun export(String name, String value) {
        exports.add(new Export(name, value));
        return this;
    }

    /** A variable of the build; its value is in the file when the first run starts. */
    ScriptRun variable(String name, String value) {
        variables.add(name);
        values += name + "=" + value + "\0";
        return this;
    }

    /** What is in the file instead. */
    ScriptRun values(String text) {
        values = text;
        return this;
    }

    Path folder() {
        return folder;
    }

    /** Of the job, or of the task that ran last. */
    JobDirectory directory() {
        return directory.ofTask(task);
    }

    Process start(String script) throws IOException {
        BatchJob job = Jobs.job(
                directory.root(),
                Directives.of(directives, options),
                exports,
                variables,
                Optional.ofNullable(image),
                new ContainerProgram("apptainer", preamble),
                ScriptText.of(script).returning(returned),
                home,
                launch);
        if (!values.isEmpty()) {
            Files.writeString(Path.of(directory.environment()), values);
            values = "";
        }
        Path batch = Files.writeString(Path.of(directory.batchScript()), BatchScriptRenderer.render(job));
        // Slurm runs a copy of the script in the directory of --chdir.
        String command = "cd \"$1\" && exec bash \"$2\"";
        return Shell.start(
                environment,
                // As slurmstepd starts it: what these tests are started from may ignore HUP, and bash could not trap it
                // then.
                List.of("env", "--default-signal", "bash", "-c", command, "x", directory.files(), batch.toString()),
                new File(directory().outputLog()));
    }

    /** Runs it to its end. */
    int run(String script) throws IOException, InterruptedException {
        return end(start(script));
    }

    /** Waits for a file in the working directory. */
    void awaitFile(String name) throws IOException, InterruptedException {
        Waits.within(Duration.ofMinutes(1), Duration.ofMillis(10))
                .alias("the program starts: " + output())
                .until(() -> Files.exists(Path.of(directory.files(), name)));
    }

    static int end(Process process) throws InterruptedException {
        boolean ended = process.waitFor(60, TimeUnit.SECONDS);
        process.destroyForcibly();
        assertTrue(ended, "the script does not end");
        return process.exitValue();
    }

    String output() throws IOException {
        return text(directory().outputLog());
    }

    /** What the program printed: the output without banner and completion line. */
    String program() throws IOException {
        return output().replaceAll("(?s)^=+\nUsing [^\n]*\nImage path: .*?\n=+\n", "")
                .replaceAll("(Apptainer execution|Execution) (completed|ended with exit code [0-9]+)\n$", "");
    }

    /** What the build gets back; empty if there is nothing. */
    String returned() throws IOException {
        return text(directory().returnedOutput());
    }

    /** The record of an attempt, without what differs from run to run; empty if there is none. */
    String exitRecord(int attempt) throws IOException {
        return withoutTime(text(directory().exit() + attempt));
    }

    String startRecord(int attempt) throws IOException {
        return withoutTime(text(directory().started() + attempt));
    }

    /** Whether the job, or the task that was run last, has announced an end. */
    boolean isDone() throws IOException {
        String prefix = task == JobDirectory.NO_TASK ? "ended." : task + ".ended.";
        return announced().stream().anyMatch(name -> name.startsWith(prefix));
    }

    /** What jobs and tasks have announced, without their token. */
    List<String> announced() throws IOException {
        if (!Files.exists(announcements())) {
            return List.of();
        }
        try (Stream<Path> names = Files.list(announcements())) {
            return names.map(name -> name.getFileName().toString())
                    .map(name -> name.substring(name.indexOf('.') + 1))
                    .sorted()
                    .toList();
        }
    }

    /** As the head node does with what it has heard. */
    void removeAnnouncements() throws IOException {
        for (String name : announced()) {
            Files.delete(announcements().resolve(directory.token() + "." + name));
        }
    }

    private Path announcements() {
        return Path.of(JobDirectory.announcements(directory.root()));
    }

    private static String withoutTime(String record) {
        return record.replaceAll(" time=[0-9]+", "")
                .replace("v1 token=" + Jobs.TOKEN + " ", "")
                .strip();
    }

    private static String text(String file) throws IOException {
        Path path = Path.of(file);
        return Files.exists(path) ? new String(Files.readAllBytes(path), StandardCharsets.UTF_8) : "";
    }
}
