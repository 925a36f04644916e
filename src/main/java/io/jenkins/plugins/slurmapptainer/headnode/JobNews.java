package io.jenkins.plugins.slurmapptainer.headnode;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * News about one job or task.
 *
 * @param token the job
 * @param task index of the task, {@link JobDirectory#NO_TASK} for the job itself
 * @param output the bytes from {@code from} on, may be empty. If the output is UTF-8, they never begin or end within a
 *     character
 * @param from offset of the first byte; smaller than requested if the file has become shorter
 * @param started record of the newest attempt that has started, if that is news
 * @param exit record of the attempt that ended the job as far as is known, if that is news. It is the newest attempt
 *     that did anything, unless a later one has started. A start that did nothing is reported only if there is no other
 *     attempt
 */
public record JobNews(
        JobToken token,
        int task,
        byte[] output,
        long from,
        @CheckForNull StartRecord started,
        @CheckForNull ExitRecord exit)
        implements Serializable {
    /** News of a job without tasks. */
    public JobNews(
            JobToken token,
            byte[] output,
            long from,
            @CheckForNull StartRecord started,
            @CheckForNull ExitRecord exit) {
        this(token, JobDirectory.NO_TASK, output, from, started, exit);
    }

    /** Identifies the job or task. */
    public String key() {
        return ObservedJob.key(token, task);
    }

    public boolean isEmpty() {
        return output.length == 0 && started == null && exit == null;
    }
}
