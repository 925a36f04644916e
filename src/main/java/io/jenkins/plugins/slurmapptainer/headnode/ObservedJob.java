package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * What a follower knows of a job or a task, so that it is told only what is new.
 *
 * @param token the job
 * @param task index of the task, {@link JobDirectory#NO_TASK} for the job itself
 * @param offset bytes of the output already received, {@link #NO_OUTPUT} when nobody wants it
 * @param started highest attempt whose start is known, -1 for none
 * @param ended the attempt whose end is the job's for all that is known, -1 for none
 * @param unannounced whether Slurm says more than the job has announced, so that its directory is to be looked into without a call
 */
public record ObservedJob(JobToken token, int task, long offset, int started, int ended, boolean unannounced)
        implements Serializable {
    /** An offset of no output. */
    public static final long NO_OUTPUT = -1;

    /** Of a job without tasks. */
    public ObservedJob(JobToken token, long offset, int started, int ended) {
        this(token, JobDirectory.NO_TASK, offset, started, ended, false);
    }

    public boolean isTask() {
        return task != JobDirectory.NO_TASK;
    }

    public boolean wantsOutput() {
        return offset != NO_OUTPUT;
    }

    /** Where its records and its output are. */
    public JobDirectory directory(String root) {
        return new JobDirectory(root, token, task);
    }

    /** Tells it from all others. */
    public String key() {
        return key(token, task);
    }

    static String key(JobToken token, int task) {
        return task == JobDirectory.NO_TASK ? token.value() : token + "." + task;
    }
}
