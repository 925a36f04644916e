package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;

/**
 * What is new about one job.
 *
 * @param token the job
 * @param output bytes from {@code from} on, may be empty; never begins or ends within a UTF-8 character, as long as
 *     the output is UTF-8
 * @param from offset of the first byte; smaller than asked for when the file has become shorter
 * @param started record of the highest attempt that started, if that is new
 * @param exit record of the highest attempt that ended, if that is new
 */
public record JobNews(
        JobToken token,
        byte[] output,
        long from,
        @CheckForNull StartRecord started,
        @CheckForNull ExitRecord exit) implements Serializable {
    public boolean isEmpty() {
        return output.length == 0 && started == null && exit == null;
    }
}
