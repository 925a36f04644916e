package hudson;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

public abstract class Proc {
    Proc() {}

    public abstract boolean isAlive() throws IOException, InterruptedException;

    public abstract int join() throws IOException, InterruptedException;

    public final int joinWithTimeout(long timeout, TimeUnit unit, hudson.model.TaskListener listener)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }
}
