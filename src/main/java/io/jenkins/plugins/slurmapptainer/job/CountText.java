package io.jenkins.plugins.slurmapptainer.job;

/** A number of things for people. */
public final class CountText {
    private CountText() {}

    /** For example {@code 1 file}, {@code 2 files}. */
    public static String of(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
