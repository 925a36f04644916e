package hudson.remoting;

public class LocalChannel implements VirtualChannel {
    LocalChannel() {}

    @Override
    public <V, T extends Throwable> Future<V> callAsync(Callable<V, T> callable) {
        throw new UnsupportedOperationException();
    }
}
