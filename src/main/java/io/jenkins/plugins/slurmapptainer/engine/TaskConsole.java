package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;

/** The console of one task. All tasks share the console of their array, so output appears with the task's index. */
final class TaskConsole implements JobConsole {
    private final int index;
    private final JobConsole console;
    private final JobMessages messages;

    TaskConsole(TaskRecord task, JobConsole console, JobMessages messages) {
        this.index = task.index();
        this.console = console;
        this.messages = messages;
    }

    @Override
    public void output(byte[] bytes, int length) throws IOException {
        console.taskOutput(index, bytes, length);
    }

    @Override
    public boolean showsUnendedLines() {
        return console.showsUnendedLines();
    }

    @Override
    public void saveOffset(long offset) {
        console.saveTaskOffset(index, offset);
    }

    @Override
    public long savedOffset(long recorded) {
        return console.savedTaskOffset(index, recorded);
    }

    @Override
    public void say(String line) {
        messages.note(line);
    }
}
