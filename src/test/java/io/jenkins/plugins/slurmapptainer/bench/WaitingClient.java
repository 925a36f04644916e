package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.concurrent.CountDownLatch;

/**
 * A build that only waits, and keeps nothing of what it is told.
 *
 * @param submitted counts those whose job has an id
 */
record WaitingClient(JobPlan plan, CountDownLatch submitted) implements JobClient, JobConsole {
    @Override
    public JobConsole console() {
        return this;
    }

    @Override
    public void save() {}

    @Override
    public void output(byte[] bytes, int length) {}

    @Override
    public void say(String line) {
        if (line.startsWith("Submitted ")) {
            submitted.countDown();
        }
    }

    @Override
    public void ended(Outcome outcome) {}

    @Override
    public void failed(Throwable cause) {
        cause.printStackTrace();
    }
}
