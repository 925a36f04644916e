package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * @param directory a directory that was staged
 * @param batchScript the batch script; empty to take up an earlier call, with the script and the variables that it wrote
 * @param environment the build's variables for the job
 * @param tasks whether it is a job array, whose tasks need a place for what they leave
 * @param purpose what is wanted
 */
public record SubmitRequest(
        JobDirectory directory, String batchScript, JobEnvironment environment, boolean tasks, Purpose purpose)
        implements Serializable {
    /** What is wanted. */
    public enum Purpose {
        /** The job in the queue, once. */
        SUBMIT,
        /** An earlier call taken up if Slurm has the job, and nothing submitted. */
        LOOK_UP,
        /** Slurm's opinion of the batch script, and nothing submitted. */
        DRY_RUN
    }

    /** A job without tasks. */
    public SubmitRequest(JobDirectory directory, String batchScript, JobEnvironment environment) {
        this(directory, batchScript, environment, false);
    }

    public SubmitRequest(JobDirectory directory, String batchScript, JobEnvironment environment, boolean tasks) {
        this(directory, batchScript, environment, tasks, Purpose.SUBMIT);
    }

    /** Finds out whether an earlier call has submitted the job. */
    public static SubmitRequest lookUp(JobDirectory directory) {
        return new SubmitRequest(directory, "", JobEnvironment.NONE, false, Purpose.LOOK_UP);
    }

    /** Has Slurm check a batch script, which need not have the build's variables for that. */
    public static SubmitRequest dryRun(JobDirectory directory, String batchScript) {
        return new SubmitRequest(directory, batchScript, JobEnvironment.NONE, false, Purpose.DRY_RUN);
    }
}
