package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.File;
import java.io.IOException;

public final class FilePath {

    public FilePath(File localPath) {}

    public String getRemote() {
        throw new UnsupportedOperationException();
    }

    public Computer toComputer() {
        throw new UnsupportedOperationException();
    }

    public Launcher createLauncher(TaskListener listener) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
