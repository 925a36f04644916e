package io.jenkins.plugins.slurmapptainer.job;

/** Searches in parts of arrays. */
public final class ByteSearch {
    private ByteSearch() {}

    /** Index of the first such byte from {@code from} to before {@code to}, -1 for none. */
    public static int first(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the last such byte from {@code from} to before {@code to}, -1 for none. */
    public static int last(byte[] bytes, char wanted, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The end of a part without such bytes at its end. */
    public static int without(char unwanted, byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == unwanted) {
            end--;
        }
        return end;
    }
}
