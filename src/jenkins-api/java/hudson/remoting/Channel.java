package hudson.remoting;

import java.io.Closeable;

public abstract class Channel implements VirtualChannel, Closeable {
    Channel() {}

    public static Channel current() {
        throw new UnsupportedOperationException();
    }

    public String getName() {
        throw new UnsupportedOperationException();
    }
}
