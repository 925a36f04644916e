package io.jenkins.plugins.slurmapptainer.engine;

/**
 * Kinds of work on jobs. Each has threads of its own, so that none waits for another, and bounds the threads that one cluster, and
 * one build on it, may take at a time. A call to an agent that hangs holds a thread until its time is over.
 */
public enum Work {
    /** Files are copied, or looked for: takes as long as there are files. */
    FILES(16, 4),
    /** The directory of a job that has ended is removed, which nobody waits for. */
    REMOVAL(4, 2),
    /** An image file is read from its beginning to its end. */
    CHECK(4, 2),
    /** One short call to a head node, {@code sbatch} among them. */
    CALL(16, 8),
    /** A job is ended. */
    CANCEL(8, 4),
    /** What is known is written down and told; no other machine is asked. */
    RECORD(8, 4);

    private final int perCluster;
    private final int perBuild;

    Work(int perCluster, int perBuild) {
        this.perCluster = perCluster;
        this.perBuild = perBuild;
    }

    /** Number of threads for one cluster. */
    public int perCluster() {
        return perCluster;
    }

    /** Number of threads for one build, fewer than its cluster has: a build alone never holds them all. */
    public int perBuild() {
        return perBuild;
    }
}
