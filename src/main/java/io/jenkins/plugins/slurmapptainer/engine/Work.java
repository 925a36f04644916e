package io.jenkins.plugins.slurmapptainer.engine;

/**
 * Kinds of work on jobs. Each kind has threads of its own, so that none waits for another. Each has a limit of threads
 * at a time for one cluster, and for one build on it. A call to an agent that hangs uses a thread until its time limit.
 */
public enum Work {
    /** Copying or searching files. Takes long for many files. */
    FILES(16, 4),
    /** Removing the directory of an ended job. Nobody waits for it. */
    REMOVAL(4, 2),
    /** Reading an image file from beginning to end. */
    CHECK(4, 2),
    /** One short call to a head node, for example for {@code sbatch}. */
    CALL(16, 8),
    /** Cancelling a job. */
    CANCEL(8, 4),
    /** Saving and reporting. Asks no other machine. */
    RECORD(8, 4);

    private final int perCluster;
    private final int perBuild;

    Work(int perCluster, int perBuild) {
        this.perCluster = perCluster;
        this.perBuild = perBuild;
    }

    /** The most threads for one cluster. */
    public int perCluster() {
        return perCluster;
    }

    /** The most threads for one build. Less than for its cluster, so that one build alone never uses them all. */
    public int perBuild() {
        return perBuild;
    }
}
