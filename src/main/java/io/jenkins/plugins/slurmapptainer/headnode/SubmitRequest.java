package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * A request to submit a job.
 *
 * @param directory a directory that was staged
 * @param batchScript the batch script; empty to continue an earlier call with the script and variables that it wrote
 * @param environment the build's variables for the job
 * @param tasks whether the job is an array, whose tasks need a directory for what they leave
 * @param mpi the MPI interface that Slurm must offer, as for {@code srun --mpi}; empty for any
 * @param purpose the purpose of the call
 */
public record SubmitRequest(
        JobDirectory directory,
        String batchScript,
        JobEnvironment environment,
        boolean tasks,
        String mpi,
        Purpose purpose)
        implements Serializable {
    /** Purposes of a call. */
    public enum Purpose {
        /** Submit the job exactly once. */
        SUBMIT,
        /** Take up an earlier call if Slurm has the job, but submit nothing. */
        LOOK_UP,
        /** Let Slurm check the batch script, but submit nothing. */
        DRY_RUN
    }

    /** A request for a job without tasks. */
    public SubmitRequest(JobDirectory directory, String batchScript, JobEnvironment environment) {
        this(directory, batchScript, environment, false);
    }

    public SubmitRequest(JobDirectory directory, String batchScript, JobEnvironment environment, boolean tasks) {
        this(directory, batchScript, environment, tasks, "", Purpose.SUBMIT);
    }

    /** The same for a job whose tasks need an MPI interface. */
    public SubmitRequest withMpi(String wanted) {
        return new SubmitRequest(directory, batchScript, environment, tasks, wanted, purpose);
    }

    /** A request that finds out whether an earlier call has submitted the job. */
    public static SubmitRequest lookUp(JobDirectory directory) {
        return new SubmitRequest(directory, "", JobEnvironment.NONE, false, "", Purpose.LOOK_UP);
    }

    /** A request that lets Slurm check a batch script. It needs no build variables. */
    public static SubmitRequest dryRun(JobDirectory directory, String batchScript) {
        return new SubmitRequest(directory, batchScript, JobEnvironment.NONE, false, "", Purpose.DRY_RUN);
    }
}
