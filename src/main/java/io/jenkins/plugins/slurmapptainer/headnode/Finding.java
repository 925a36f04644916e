package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;

/**
 * One result of a check of a head node.
 *
 * @param kind how good it is
 * @param text one line: what was found, and what to change unless that is good
 */
public record Finding(Kind kind, String text) implements Serializable {
    /** How good it is. */
    public enum Kind {
        /** In order. */
        GOOD,
        /** A doubt, but jobs can run. */
        DOUBTFUL,
        /** A problem: no job can run. */
        BAD
    }

    public static Finding good(String text) {
        return new Finding(Kind.GOOD, text);
    }

    public static Finding doubtful(String text) {
        return new Finding(Kind.DOUBTFUL, text);
    }

    public static Finding bad(String text) {
        return new Finding(Kind.BAD, text);
    }
}
