package io.jenkins.plugins.slurmapptainer.job;

import java.util.regex.Pattern;

/**
 * How often, where and by whom a script is started in its job.
 *
 * @param way who starts it
 * @param mpi the MPI interface that {@code srun} offers the tasks, as for {@code srun --mpi}; empty for Slurm's default
 * @param output what becomes of the output of the tasks that {@code srun} starts
 */
public record Launch(Way way, String mpi, Output output) {
    /** Ways to start a script. */
    public enum Way {
        /** Once, on the job's first node. In the image if there is one. */
        ONCE,
        /** Once for each task of the job, on all its nodes, by {@code srun}. In the image if there is one. */
        SRUN,
        /** Once, on the first node and outside the image. The script itself starts containers of the image. */
        HOST,
        /** Not at all. The job holds its allocation for a block of steps and runs their commands, in the image if there is one. */
        ALLOCATION
    }

    /** What becomes of the output of tasks. */
    public enum Output {
        /** The lines of all tasks are mixed as they come. */
        MIXED,
        /** The same with the task's number in front of each line. */
        LABELED,
        /** A file for each task. */
        FILES
    }

    /** Once, as a job without these options starts its script. */
    public static final Launch USUAL = new Launch(Way.ONCE, "", Output.MIXED);

    /** For a job that holds an allocation. */
    public static final Launch ALLOCATION = new Launch(Way.ALLOCATION, "", Output.MIXED);

    private static final Pattern MPI = Pattern.compile("(?!(list|help)$)[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}");

    /**
     * Reads the parameters {@code launch} and {@code mpi}; empty text is the default.
     *
     * @throws InvalidRequestException naming the parameter that is wrong
     */
    static Launch parse(String launch, String mpi) {
        if (!mpi.isEmpty() && !MPI.matcher(mpi).matches()) {
            throw new InvalidRequestException(
                    LaunchOption.MPI.field(),
                    "'" + Printable.of(mpi) + "' is no name of an MPI interface; 'srun --mpi=list' on a head node shows"
                            + " what the cluster offers, for example pmix");
        }
        return new Launch(way(launch), mpi, Output.MIXED);
    }

    private static Way way(String text) {
        switch (text) {
            case "":
            case "once":
                return Way.ONCE;
            case "srun":
                return Way.SRUN;
            case "host":
                return Way.HOST;
            default:
                throw new InvalidRequestException(
                        LaunchOption.LAUNCH.field(),
                        "'" + Printable.of(text)
                                + "' is none of 'once', 'srun' for a script that runs once for each task, and 'host' for"
                                + " one outside the image");
        }
    }

    /**
     * Checks what can only be checked when all options are known.
     *
     * @param image whether the job has an image
     * @throws InvalidRequestException naming the parameter that is wrong
     */
    void check(boolean image) {
        if (!mpi.isEmpty() && way != Way.SRUN) {
            throw new InvalidRequestException(
                    LaunchOption.MPI.field(), "it is for what srun starts; add launch: 'srun', or leave it out");
        }
        if (way == Way.HOST && !image) {
            throw new InvalidRequestException(
                    LaunchOption.LAUNCH.field(),
                    "a script without an image runs on the host already; name the image that it starts, or leave it out");
        }
    }

    /** Whether {@code srun} starts the script. */
    public boolean isBySrun() {
        return way == Way.SRUN;
    }

    /** Whether the job runs the commands of a block of steps. */
    public boolean isForSteps() {
        return way == Way.ALLOCATION;
    }

    /** Whether the script itself runs in the image of its job. */
    public boolean isInImage() {
        return way != Way.HOST;
    }

    /** The same with another output of the tasks. */
    public Launch with(Output other) {
        return new Launch(way, mpi, other);
    }
}
