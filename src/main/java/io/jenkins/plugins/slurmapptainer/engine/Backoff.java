package io.jenkins.plugins.slurmapptainer.engine;

/** Times between tries of something that fails. Each is twice as long as the one before. For one thread at a time. */
final class Backoff {
    /** Milliseconds: the first time if a head node or Slurm does not answer. */
    private static final long FIRST = 2_000;

    private static final long LONGEST = 60_000;

    private final long first;
    private final long longest;
    private long next;

    /** Times from two seconds to a minute. */
    Backoff() {
        this(FIRST, LONGEST);
    }

    /** Both in milliseconds. */
    Backoff(long first, long longest) {
        this.first = first;
        this.longest = longest;
        this.next = first;
    }

    /** Milliseconds until the next try. */
    long next() {
        long now = next;
        next = Math.min(2 * next, longest);
        return now;
    }

    /** Starts again with the first time, because the last try did not fail. */
    void reset() {
        next = first;
    }
}
