package hudson;

import hudson.model.Computer;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.List;
import java.util.Map;

public abstract class Launcher {
    Launcher() {}

    protected Launcher(Launcher launcher) {}

    public Computer getComputer() {
        throw new UnsupportedOperationException();
    }

    public TaskListener getListener() {
        throw new UnsupportedOperationException();
    }

    public final ProcStarter launch() {
        throw new UnsupportedOperationException();
    }

    public abstract Proc launch(ProcStarter starter) throws IOException;

    public abstract void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException;

    protected final void maskedPrintCommandLine(List<String> cmd, boolean[] mask, FilePath workDir) {
        throw new UnsupportedOperationException();
    }

    public final class ProcStarter {
        ProcStarter() {}

        public ProcStarter cmds(List<String> args) {
            throw new UnsupportedOperationException();
        }

        public List<String> cmds() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter masks(boolean... masks) {
            throw new UnsupportedOperationException();
        }

        public boolean[] masks() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter envs(String... overrides) {
            throw new UnsupportedOperationException();
        }

        public String[] envs() {
            throw new UnsupportedOperationException();
        }

        public FilePath pwd() {
            throw new UnsupportedOperationException();
        }

        public ProcStarter quiet(boolean quiet) {
            throw new UnsupportedOperationException();
        }

        public boolean quiet() {
            throw new UnsupportedOperationException();
        }

        public Proc start() throws IOException {
            throw new UnsupportedOperationException();
        }
    }

    public static class DecoratedLauncher extends Launcher {
        public DecoratedLauncher(Launcher inner) {}

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            throw new UnsupportedOperationException();
        }

        @Override
        public void kill(Map<String, String> modelEnvVars) throws IOException, InterruptedException {
            throw new UnsupportedOperationException();
        }

        public Launcher getInner() {
            throw new UnsupportedOperationException();
        }
    }
}
