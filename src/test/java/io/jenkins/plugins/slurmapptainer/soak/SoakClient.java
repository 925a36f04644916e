package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;

/** A build's step in one life of the controller. What comes after the crash is not told to anybody, and stops the engine. */
final class SoakClient implements JobClient, JobConsole {
    private final SoakJob job;
    private final Life life;
    private volatile JobLifecycle run;

    SoakClient(SoakJob job, Life life) {
        this.job = job;
        this.life = life;
    }

    void run(JobLifecycle value) {
        run = value;
    }

    JobRecord record() {
        return run.record();
    }

    void cancel() {
        run.cancel();
    }

    private void whileAlive(Runnable action) {
        synchronized (job) {
            if (life.isOver()) {
                throw new IllegalStateException("the controller is gone");
            }
            action.run();
        }
    }

    @Override
    public JobConsole console() {
        return this;
    }

    @Override
    public JobPlan plan() {
        return job.plan;
    }

    @Override
    public void save() {
        whileAlive(() -> job.save(run.record()));
    }

    @Override
    public void output(byte[] bytes, int length) {
        whileAlive(() -> job.output(bytes, length));
    }

    @Override
    public void saveOffset(long offset) {
        whileAlive(() -> job.offset(offset));
    }

    @Override
    public long savedOffset(long recorded) {
        return job.offset();
    }

    @Override
    public void say(String line) {
        whileAlive(() -> job.note("says: " + line));
    }

    @Override
    public void ended(Outcome outcome) {
        whileAlive(() -> job.ended(outcome));
    }

    @Override
    public void failed(Throwable cause) {
        if (!life.isOver()) {
            job.failed(cause);
        }
    }
}
