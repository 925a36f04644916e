package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;

/**
 * What one tracker tracks: a job without tasks, or one task of an array.
 *
 * @param job the job, or the array of the task
 * @param progress its progress: the job's own record, or the record of the task
 * @param task index of the task, {@link JobDirectory#NO_TASK} for a job
 * @param console gets the output
 * @param messages gets what happens
 * @param log the log of the job or the array
 */
record TrackedJob(JobRecord job, JobProgress progress, int task, JobConsole console, JobMessages messages, JobLog log) {
    /** A job without tasks. */
    static TrackedJob of(JobRecord job, JobClient client) {
        JobMessages messages = new SingleJobMessages(job, client.console());
        return new TrackedJob(job, job, JobDirectory.NO_TASK, client.console(), messages, new JobLog(job, client));
    }

    /** One task of an array. */
    static TrackedJob ofTask(JobRecord array, TaskRecord task, JobConsole console, JobMessages messages, JobLog log) {
        return new TrackedJob(array, task, task.index(), console, messages, log);
    }

    boolean isTask() {
        return task != JobDirectory.NO_TASK;
    }

    /**
     * Whether the output is shown. The output of an array's tasks may become files instead, which nobody reads here.
     */
    boolean showsOutput() {
        return !isTask() || !job.files().hasTaskFiles();
    }

    /** The task's name for the log; empty for a job. */
    String prefix() {
        return isTask() ? "task " + task + ": " : "";
    }

    /** The id of a started job, together with the job's cluster. */
    String qualified(String startedId) {
        int cluster = progress.jobId().indexOf(';');
        return cluster < 0 ? startedId : startedId + progress.jobId().substring(cluster);
    }
}
