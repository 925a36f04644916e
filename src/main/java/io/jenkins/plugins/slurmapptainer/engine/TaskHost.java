package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Takes the output of one task: it is shown with the task's index before each line, because all tasks share a console. */
final class TaskHost implements JobHost {
    private final int index;
    private final byte[] prefix;
    private final JobHost host;
    private final JobVoice voice;

    TaskHost(TaskRecord task, JobHost host, JobVoice voice) {
        this.index = task.index();
        this.prefix = ("[" + task.index() + "] ").getBytes(StandardCharsets.US_ASCII);
        this.host = host;
        this.voice = voice;
    }

    /** A line that does not end yet gets an end: what follows may be another task's. */
    @Override
    public void output(byte[] bytes, int length) throws IOException {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(length + 16 * prefix.length);
        for (int from = 0; from < length; ) {
            int to = from;
            while (to < length && bytes[to] != '\n') {
                to++;
            }
            lines.write(prefix);
            lines.write(bytes, from, to - from);
            lines.write('\n');
            from = to + 1;
        }
        host.output(lines.toByteArray(), lines.size());
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
