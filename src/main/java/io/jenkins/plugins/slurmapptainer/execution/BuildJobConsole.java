package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import java.io.IOException;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The console of a build while one of its jobs uses it. Drops whatever comes after the job's last line. Safe for
 * several threads.
 */
final class BuildJobConsole implements JobConsole {
    private final Run<?, ?> run;
    private final String token;
    private final BuildConsole console;
    private final OutputOffset shown;
    private final Map<Integer, OutputOffset> shownOfTasks = new ConcurrentHashMap<>();
    private boolean closed;

    BuildJobConsole(Run<?, ?> run, String token, BuildConsole console) {
        this.run = run;
        this.token = token;
        this.console = console;
        this.shown = new OutputOffset(run, token);
    }

    @Override
    public synchronized void output(byte[] bytes, int length) throws IOException {
        if (!closed) {
            console.output(bytes, length);
        }
    }

    @Override
    public synchronized void taskOutput(int task, byte[] bytes, int length) throws IOException {
        if (!closed) {
            console.taskOutput(task, bytes, length);
        }
    }

    @Override
    public boolean showsUnendedLines() {
        return console.showsUnendedLines();
    }

    @Override
    public void saveOffset(long offset) {
        shown.write(offset);
    }

    @Override
    public long savedOffset(long recorded) {
        return shown.read(recorded);
    }

    @Override
    public void saveTaskOffset(int task, long offset) {
        ofTask(task).write(offset);
    }

    @Override
    public long savedTaskOffset(int task, long recorded) {
        return ofTask(task).read(recorded);
    }

    private OutputOffset ofTask(int task) {
        return shownOfTasks.computeIfAbsent(task, index -> new OutputOffset(run, token + "." + index));
    }

    /** Deletes the saved positions, which are useless once the job has ended. */
    void deleteOffsets(Collection<TaskRecord> tasks) {
        shown.delete();
        tasks.forEach(task -> ofTask(task.index()).delete());
    }

    @Override
    public synchronized void say(String line) {
        if (!closed) {
            console.say(line);
        }
    }

    /** Says a line only once. A plan that must wait for something is made several times. */
    synchronized void sayOnce(String line) {
        if (!closed) {
            console.sayOnce(line);
        }
    }

    /**
     * Says the last line.
     *
     * @return true the first time
     */
    synchronized boolean close(String line) {
        boolean first = !closed;
        if (first) {
            console.say(line);
            closed = true;
        }
        return first;
    }

    /** Nothing more is said. */
    synchronized void close() {
        closed = true;
    }
}
