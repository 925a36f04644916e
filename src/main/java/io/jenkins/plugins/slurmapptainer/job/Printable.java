package io.jenkins.plugins.slurmapptainer.job;

/** Foreign text made fit for one line of a message: no control characters, no endless length. */
public final class Printable {
    private static final int MAX = 300;

    private Printable() {}

    /** The text with control characters replaced by {@code ?}, cut after 300 characters. */
    public static String of(String text) {
        String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= MAX ? line : line.substring(0, MAX) + "…";
    }
}
