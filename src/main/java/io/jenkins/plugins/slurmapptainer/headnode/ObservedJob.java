package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * What the watcher knows about a job or task, so that it gets only news.
 *
 * @param token the job
 * @param task index of the task, {@link JobDirectory#NO_TASK} for the job itself
 * @param offset bytes of the output that have been received, {@link #NO_OUTPUT} if nobody wants the output
 * @param started newest attempt whose start is known, -1 for none
 * @param ended the attempt that ended the job as far as is known, -1 for none
 * @param unannounced whether Slurm knows more than the job has announced, so that its directory must be looked at
 *     without an announcement
 */
public record ObservedJob(JobToken token, int task, long offset, int started, int ended, boolean unannounced)
        implements Serializable {
    /** The offset if nobody wants the output. */
    public static final long NO_OUTPUT = -1;

    /** What is known about a job without tasks. */
    public ObservedJob(JobToken token, long offset, int started, int ended) {
        this(token, JobDirectory.NO_TASK, offset, started, ended, false);
    }

    public boolean isTask() {
        return task != JobDirectory.NO_TASK;
    }

    public boolean wantsOutput() {
        return offset != NO_OUTPUT;
    }

    /** The directory with its records and its output. */
    public JobDirectory directory(String root) {
        return new JobDirectory(root, token, task);
    }

    /** Identifies the job or task. */
    public String key() {
        return key(token, task);
    }

    static String key(JobToken token, int task) {
        return task == JobDirectory.NO_TASK ? token.value() : token + "." + task;
    }
}
