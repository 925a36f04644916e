package io.jenkins.plugins.slurmapptainer.realcluster;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.headnode.local.ProcessRunner;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.script.AllocationClient;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** A job that holds an allocation, and commands in it as the steps of a block run them. */
public final class AllocationCommands {
    private final RecordingClient job;
    private final Path workspace;

    private AllocationCommands(RecordingClient job, Path workspace) {
        this.job = job;
        this.workspace = workspace;
    }

    /** Submits the job, and waits until it runs. */
    public static AllocationCommands start(RealCluster cluster, Path workspace, boolean inImage)
            throws InterruptedException {
        SlurmJobOptions options = SlurmJobOptions.ofAllocation();
        options.image(inImage ? "python_3.11" : null);
        options.number(Directive.CPUS_PER_TASK, 2);
        options.set(Directive.MEMORY, "500M");
        RecordingClient job = cluster.start(cluster.plan(options, BindRoots.none("real"), workspace.toString()))
                .untilTold("is running");
        return new AllocationCommands(job, workspace);
    }

    public RecordingClient job() {
        return job;
    }

    public AllocationClient client() {
        return new AllocationClient(
                job.record().jobId(), job.record().directory().path());
    }

    /** Runs the client's words on this machine. */
    public static CommandResult run(List<String> words, Map<String, String> variables)
            throws IOException, InterruptedException {
        return new ProcessRunner(SlurmAccess.ON_PATH)
                .run(
                        words,
                        Duration.ofMinutes(2),
                        environment -> {
                            environment.put(AllocationClient.NAMES, String.join(" ", variables.keySet()));
                            environment.put(AllocationClient.PATH, "");
                            variables.forEach((name, value) -> environment.put(AllocationClient.VALUE + name, value));
                        },
                        line -> {});
    }

    /** A command with its own output and exit code. */
    public CommandResult foreground(String script, Map<String, String> variables)
            throws IOException, InterruptedException {
        return run(client().run(workspace.toString(), List.of("sh", "-c", script)), variables);
    }

    /**
     * A command of {@code sh}, as durable-task starts it.
     *
     * @return the directory with its log and, at its end, its result
     */
    public Path background(String script) throws IOException, InterruptedException {
        Path control = control();
        // As Jenkins does it, which starts commands in the workspace.
        List<String> there = new ArrayList<>(List.of("sh", "-c", "cd '" + workspace + "' && exec \"$@\"", "sh"));
        there.addAll(client().run(workspace.toString(), durableTask(control, script)));
        CommandResult started = run(there, Map.of());
        if (!started.equals(new CommandResult(0, "", ""))) {
            throw new IOException(started.toString());
        }
        return control;
    }

    /** A new directory for a command of {@code sh}. */
    public Path control() throws IOException {
        return Files.createDirectories(Path.of(workspace + "@tmp", "durable-" + System.nanoTime()));
    }

    /** The words that durable-task starts for {@code sh}. */
    public static List<String> durableTask(Path control, String script) {
        Path result = control.resolve("jenkins-result.txt");
        String text = "{ while [ -d '%1$s' -a \\! -f '%2$s' ]; do touch '%3$s'; sleep 3; done } & jsc=durable-1; "
                + "JENKINS_SERVER_COOKIE=$jsc sh -xc '%4$s' > '%3$s' 2>&1; echo $? > '%2$s.tmp'; mv '%2$s.tmp' '%2$s'; wait";
        String words = String.format(text, control, result, control.resolve("jenkins-log.txt"), script);
        return List.of("nohup", "sh", "-c", "(" + words + ") >&- 2>&- &");
    }

    /** Waits for the result of a command of {@code sh}. */
    public static String awaited(Path control) throws IOException {
        Path result = control.resolve("jenkins-result.txt");
        Waits.within(Duration.ofMinutes(1), Duration.ofMillis(10)).until(() -> Files.exists(result));
        return Files.readString(result).strip();
    }

    /** How many steps the job has now, besides the batch script. */
    public long steps() throws IOException, InterruptedException {
        return stepNumbers().count();
    }

    /** The number of the newest of these steps, which begin with 0; -1 for none. */
    public int lastStep() throws IOException, InterruptedException {
        return stepNumbers().max().orElse(-1);
    }

    private IntStream stepNumbers() throws IOException, InterruptedException {
        return RealCluster.command(
                        "squeue", "--noheader", "--jobs=" + job.record().jobId(), "--steps", "--format=%i")
                .lines()
                .map(String::strip)
                .filter(id -> id.matches("[0-9]+\\.[0-9]+"))
                .mapToInt(id -> Integer.parseInt(id.substring(id.indexOf('.') + 1)));
    }
}
