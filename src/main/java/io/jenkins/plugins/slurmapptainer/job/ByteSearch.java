package io.jenkins.plugins.slurmapptainer.job;

/** Searches in parts of byte arrays. A part goes from {@code from} to before {@code to}. */
public final class ByteSearch {
    private ByteSearch() {}

    /** Index of the first byte of this value, -1 for none. */
    public static int first(byte[] bytes, char wanted, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** Index of the last byte of this value, -1 for none. */
    public static int last(byte[] bytes, char wanted, int from, int to) {
        for (int i = to - 1; i >= from; i--) {
            if (bytes[i] == wanted) {
                return i;
            }
        }
        return -1;
    }

    /** The end of the part after removing all bytes of this value at its end. */
    public static int without(char unwanted, byte[] bytes, int from, int to) {
        int end = to;
        while (end > from && bytes[end - 1] == unwanted) {
            end--;
        }
        return end;
    }
}
