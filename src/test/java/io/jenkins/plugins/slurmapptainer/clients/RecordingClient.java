package io.jenkins.plugins.slurmapptainer.clients;

import static org.junit.jupiter.api.Assertions.fail;

import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.execution.BuildConsole;
import io.jenkins.plugins.slurmapptainer.headnode.local.ProcessRunner;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.awaitility.core.ConditionTimeoutException;

/** Remembers everything that the engine tells about one job. */
public final class RecordingClient implements JobClient, JobConsole {
    private final JobPlan plan;
    private final ByteArrayOutputStream output = new ByteArrayOutputStream();
    private final BuildConsole console = new BuildConsole(new PrintStream(output));
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile Outcome outcome;
    private volatile Throwable failure;
    private volatile int ends;
    private volatile byte[] returned;
    private JobLifecycle job;

    public RecordingClient(JobPlan plan) {
        this.plan = plan;
    }

    @Override
    public void returned(byte[] bytes) {
        returned = bytes;
    }

    /** What the job has printed for the build, {@code null} for nothing. */
    public byte[] returned() {
        return returned;
    }

    public void job(JobLifecycle run) {
        job = run;
    }

    public JobLifecycle job() {
        return job;
    }

    public JobRecord record() {
        return job.record();
    }

    /** The record as a new process of the controller finds it. */
    public JobRecord savedRecord() throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(record());
        }
        return (JobRecord) new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    }

    /** Waits until a line about the job has been shown. */
    public RecordingClient untilTold(String part) throws InterruptedException {
        return until(() -> ends() > 0 || lines.stream().anyMatch(line -> line.contains(part)));
    }

    /** Waits for the end of the job. */
    public RecordingClient await() throws InterruptedException {
        return await(RealCluster.PATIENCE);
    }

    public RecordingClient await(Duration patience) throws InterruptedException {
        if (!over.await(patience.toSeconds(), TimeUnit.SECONDS)) {
            fail("no end of the job after " + patience + "; told: " + lines + "; output:\n" + output() + "\n"
                    + state());
        }
        return this;
    }

    /** What Slurm says of the job and its steps. */
    private String state() {
        StringBuilder state = new StringBuilder();
        for (String format : List.of("--format=%i %T %R", "--steps")) {
            try {
                CommandResult result = new ProcessRunner(SlurmAccess.ON_PATH)
                        .run(List.of("squeue", "--all", "--jobs=" + record().jobId(), format), Duration.ofSeconds(20));
                state.append(result.stdout()).append(result.stderr());
            } catch (IOException e) {
                state.append(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return state.toString();
    }

    /** Waits until something is so. */
    public RecordingClient until(BooleanSupplier condition) throws InterruptedException {
        try {
            Waits.within(RealCluster.PATIENCE, Duration.ofMillis(20)).until(condition::getAsBoolean);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError("waited in vain; told: " + lines + "; output:\n" + output(), e);
        }
        return this;
    }

    public Outcome outcome() {
        return outcome;
    }

    public Throwable failure() {
        return failure;
    }

    public int ends() {
        return ends;
    }

    public String output() {
        synchronized (output) {
            return output.toString(StandardCharsets.UTF_8);
        }
    }

    public byte[] bytes() {
        synchronized (output) {
            return output.toByteArray();
        }
    }

    public List<String> lines() {
        return lines;
    }

    @Override
    public JobConsole console() {
        return this;
    }

    @Override
    public JobPlan plan() {
        return plan;
    }

    /** Each is a build of its own. */
    @Override
    public String build() {
        return Integer.toHexString(System.identityHashCode(this));
    }

    @Override
    public void save() {}

    @Override
    public void output(byte[] bytes, int length) throws IOException {
        synchronized (output) {
            console.output(bytes, length);
        }
    }

    @Override
    public void taskOutput(int task, byte[] bytes, int length) throws IOException {
        synchronized (output) {
            console.taskOutput(task, bytes, length);
        }
    }

    @Override
    public void say(String line) {
        lines.add(line);
    }

    @Override
    public synchronized void ended(Outcome result) {
        ends++;
        outcome = result;
        over.countDown();
    }

    @Override
    public void failed(Throwable cause) {
        failure = cause;
        over.countDown();
    }
}
