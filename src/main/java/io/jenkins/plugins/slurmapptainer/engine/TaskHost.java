package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;

/** The host of one task: what it asks for is done in the name of the task, because all tasks share a console. */
final class TaskHost implements JobHost {
    private final int index;
    private final JobHost host;
    private final JobMessages voice;

    TaskHost(TaskRecord task, JobHost host, JobMessages voice) {
        this.index = task.index();
        this.host = host;
        this.voice = voice;
    }

    @Override
    public void output(byte[] bytes, int length) throws IOException {
        host.taskOutput(index, bytes, length);
    }

    @Override
    public boolean showsUnendedLines() {
        return host.showsUnendedLines();
    }

    @Override
    public void saveOffset(long offset) {
        host.saveTaskOffset(index, offset);
    }

    @Override
    public long savedOffset(long recorded) {
        return host.savedTaskOffset(index, recorded);
    }

    @Override
    public void say(String line) {
        voice.note(line);
    }

    @Override
    public JobPlan plan() {
        throw new IllegalStateException("a task has no plan of its own");
    }

    @Override
    public void save() {
        throw new IllegalStateException("a task is saved with its array");
    }

    @Override
    public void ended(Outcome outcome) {
        throw new IllegalStateException("the end of a task is told to its array");
    }

    @Override
    public void failed(Throwable cause) {
        throw new IllegalStateException("a task does not fail on its own", cause);
    }
}
