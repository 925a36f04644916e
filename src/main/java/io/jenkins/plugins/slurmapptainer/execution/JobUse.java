package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.MemorySize;
import io.jenkins.plugins.slurmapptainer.job.SlurmDuration;
import java.time.Duration;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** How much of what a job asked for it has used, in percent; more than 100 if it used more. Immutable. */
@Restricted(NoExternalUse.class)
public final class JobUse {
    private static final int KILOBYTE = 1024;
    private static final double ALL = 100.0;
    private static final String RUNNING = "RUNNING";

    private final JobRecord job;
    private final long now;

    /** @param now milliseconds since 1970 */
    JobUse(JobRecord job, long now) {
        this.job = job;
        this.now = now;
    }

    /** The time limit that the job asked for, {@code null} if it asked for none. The tasks of an array have a limit each. */
    @CheckForNull
    Duration limit() {
        String asked = job.tasks().isEmpty() ? job.description().askedTime() : "";
        try {
            return asked.isEmpty() ? null : SlurmDuration.parse(Directive.TIME.field(), asked);
        } catch (InvalidRequestException e) { // no limit at all
            return null;
        }
    }

    /** Of the time; empty if one of the two is not known, and while a job that ran waits again. */
    public String getTime() {
        Duration limit = limit();
        boolean over = job.outcome() != null;
        if (limit == null || job.started() == 0 || !over && !RUNNING.equals(job.state())) {
            return "";
        }
        return percent((over ? job.ended() : now) - job.started(), limit.toMillis());
    }

    /** Of the memory of a node; empty if one of the two is not known. */
    public String getMemory() {
        String asked = job.description().askedMemory();
        if (asked.isEmpty() || job.peakMemory() == 0) {
            return "";
        }
        return MemorySize.kilobytes(asked)
                .map(kilobytes -> percent(job.peakMemory(), kilobytes * KILOBYTE))
                .orElse("");
    }

    private static String percent(long used, long asked) {
        return String.format(Locale.ROOT, "%.0f%%", Math.max(0, ALL * used / asked));
    }
}
