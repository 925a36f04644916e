package io.jenkins.plugins.slurmapptainer.clients;

import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;

/** A recording host of which a test changes something. */
public class DelegatingClient implements JobClient, JobConsole {
    private final RecordingClient host;

    public DelegatingClient(RecordingClient host) {
        this.host = host;
    }

    public RecordingClient recording() {
        return host;
    }

    @Override
    public JobConsole console() {
        return this;
    }

    @Override
    public JobPlan plan() throws IOException, InterruptedException {
        return host.plan();
    }

    @Override
    public String build() {
        return host.build();
    }

    @Override
    public void save() throws IOException {
        host.save();
    }

    @Override
    public void output(byte[] bytes, int length) throws IOException {
        host.output(bytes, length);
    }

    @Override
    public void taskOutput(int task, byte[] bytes, int length) throws IOException {
        host.taskOutput(task, bytes, length);
    }

    @Override
    public boolean showsUnendedLines() {
        return host.showsUnendedLines();
    }

    @Override
    public void say(String line) {
        host.say(line);
    }

    @Override
    public void ended(Outcome outcome) {
        host.ended(outcome);
    }

    @Override
    public void failed(Throwable cause) {
        host.failed(cause);
    }
}
