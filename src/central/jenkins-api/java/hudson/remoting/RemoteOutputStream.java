package hudson.remoting;

import java.io.IOException;
import java.io.OutputStream;
import org.jenkinsci.remoting.SerializableOnlyOverRemoting;

public final class RemoteOutputStream extends OutputStream implements SerializableOnlyOverRemoting {
    private static final long serialVersionUID = 1L;

    public RemoteOutputStream(OutputStream core) {}

    @Override
    public void write(int b) throws IOException {
        throw new UnsupportedOperationException();
    }
}
