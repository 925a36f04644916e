package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.JobProgress;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What pages and REST show of both jobs and tasks. The exported names are an interface: they never change. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public abstract class JobProgressPage {
    private final JobProgress course;

    JobProgressPage(JobProgress course) {
        this.course = course;
    }

    /** Slurm's id, {@code 123} or {@code 123_7}; empty before the submission. */
    @Exported
    public String getId() {
        return course.jobId();
    }

    /** The program's exit code, {@code null} until the end or when it is not known. */
    @CheckForNull
    @Exported
    public Integer getExitCode() {
        Outcome outcome = course.outcome();
        return outcome == null || outcome.exitCode() < 0 ? null : Integer.valueOf(outcome.exitCode());
    }

    /** The exit code as text, because Jelly does not treat the number 0 as text. */
    public String getExitCodeText() {
        Integer code = getExitCode();
        return code == null ? "" : code.toString();
    }

    @Exported
    public String getNodes() {
        return course.nodes();
    }

    /** How often Slurm has restarted it. */
    @Exported
    public int getRestarts() {
        return Math.max(0, course.startedAttempt());
    }

    /** When it started. Like all times, in milliseconds since 1970, or 0 if it has not happened. */
    @Exported
    public long getStarted() {
        return course.started();
    }

    @Exported
    public long getEnded() {
        return course.ended();
    }

    /** How long it ran, up to now if it still runs; empty if it never ran. */
    public String getRan() {
        return between(course.started(), course.ended());
    }

    static String between(long from, long to) {
        long end = to == 0 ? System.currentTimeMillis() : to;
        return from == 0 ? "" : DurationText.of(Math.max(0, end - from));
    }

    /** Jenkins' symbol for an end without success. */
    static String symbol(@CheckForNull Outcome outcome) {
        return outcome != null && outcome.kind() == Outcome.Kind.CANCELLED
                ? "symbol-status-aborted"
                : "symbol-status-red";
    }
}
