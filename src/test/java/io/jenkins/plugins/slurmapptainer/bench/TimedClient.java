package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Notes when something is told. Keeps whole lines only if asked to, so that 1 GB of output costs nothing here. */
final class TimedClient implements JobClient, JobConsole {
    /** A line of the output and when its end arrived, in milliseconds since 1970. */
    record Line(String text, long at) {}

    private final JobPlan plan;
    private final boolean keepLines;
    private final List<Line> lines = new ArrayList<>();
    private final ByteArrayOutputStream partial = new ByteArrayOutputStream();
    private final CompletableFuture<Outcome> over = new CompletableFuture<>();
    private final CompletableFuture<String> submitted = new CompletableFuture<>();
    private volatile JobLifecycle run;
    private volatile long endedAt;
    private volatile long firstOutputAt;
    private volatile long lastOutputAt;
    private volatile long bytes;

    TimedClient(JobPlan plan, boolean keepLines) {
        this.plan = plan;
        this.keepLines = keepLines;
    }

    void start(JobLifecycle job) {
        run = job;
        job.begin();
    }

    JobRecord record() {
        return run.record();
    }

    String awaitSubmitted() throws Exception {
        return submitted.get(2, TimeUnit.MINUTES);
    }

    Outcome await(int minutes) throws Exception {
        return over.get(minutes, TimeUnit.MINUTES);
    }

    long endedAt() {
        return endedAt;
    }

    double outputSeconds() {
        return (lastOutputAt - firstOutputAt) / 1000.0;
    }

    long bytes() {
        return bytes;
    }

    synchronized List<Line> lines() {
        return List.copyOf(lines);
    }

    @Override
    public JobConsole console() {
        return this;
    }

    @Override
    public JobPlan plan() {
        return plan;
    }

    @Override
    public void save() {}

    @Override
    public synchronized void output(byte[] piece, int length) {
        long now = System.currentTimeMillis();
        firstOutputAt = firstOutputAt == 0 ? now : firstOutputAt;
        lastOutputAt = now;
        bytes += length;
        for (int i = 0; keepLines && i < length; i++) {
            if (piece[i] == '\n') {
                lines.add(new Line(partial.toString(StandardCharsets.UTF_8), now));
                partial.reset();
            } else {
                partial.write(piece[i]);
            }
        }
    }

    @Override
    public void say(String line) {
        if (line.startsWith("Submitted batch job ")) {
            submitted.complete(line.split(" ")[3]);
        }
    }

    @Override
    public void ended(Outcome outcome) {
        endedAt = System.currentTimeMillis();
        over.complete(outcome);
    }

    @Override
    public void failed(Throwable cause) {
        over.completeExceptionally(cause);
        submitted.completeExceptionally(cause);
    }
}
