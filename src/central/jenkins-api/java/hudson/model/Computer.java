package hudson.model;

import hudson.EnvVars;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.util.concurrent.ExecutorService;

public abstract class Computer extends Actionable {
    public static final ExecutorService threadPoolForRemoting = null;

    Computer() {}

    public String getName() {
        throw new UnsupportedOperationException();
    }

    public EnvVars getEnvironment() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    public abstract VirtualChannel getChannel();
}
