package hudson;

public class Functions {
    public static String humanReadableByteSize(long size) {
        throw new UnsupportedOperationException();
    }
}
