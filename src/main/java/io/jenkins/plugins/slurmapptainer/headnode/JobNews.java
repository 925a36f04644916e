package io.jenkins.plugins.slurmapptainer.headnode;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * What is new about one job or task.
 *
 * @param token the job
 * @param task index of the task, {@link JobDirectory#NO_TASK} for the job itself
 * @param output bytes from {@code from} on, may be empty; never begins or ends within a UTF-8 character, as long as
 *     the output is UTF-8
 * @param from offset of the first byte; smaller than asked for when the file has become shorter
 * @param started record of the highest attempt that started, if that is new
 * @param exit record of the attempt whose end is the job's for all that is seen, if that is new: the highest one that did
 *     anything, as long as none started after it; of a start that did nothing only if there is no other
 */
public record JobNews(
        JobToken token,
        int task,
        byte[] output,
        long from,
        @CheckForNull StartRecord started,
        @CheckForNull ExitRecord exit)
        implements Serializable {
    /** Of a job without tasks. */
    public JobNews(
            JobToken token,
            byte[] output,
            long from,
            @CheckForNull StartRecord started,
            @CheckForNull ExitRecord exit) {
        this(token, JobDirectory.NO_TASK, output, from, started, exit);
    }

    /** Tells what it is about from all others. */
    public String key() {
        return ObservedJob.key(token, task);
    }

    public boolean isEmpty() {
        return output.length == 0 && started == null && exit == null;
    }
}
