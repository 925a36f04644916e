package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.JobProgress;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** What people see of a job and of a task alike. The exported names are an interface: they never change. */
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

    /** The program's exit code, {@code null} before the end and when nobody knows. */
    @CheckForNull
    @Exported
    public Integer getExitCode() {
        Outcome outcome = course.outcome();
        return outcome == null || outcome.exitCode() < 0 ? null : Integer.valueOf(outcome.exitCode());
    }

    /** The same as text: for Jelly a number 0 is no text. */
    public String getExitCodeText() {
        Integer code = getExitCode();
        return code == null ? "" : code.toString();
    }

    @Exported
    public String getNodes() {
        return course.nodes();
    }

    /** How often Slurm has started it again. */
    @Exported
    public int getRestarts() {
        return Math.max(0, course.startedAttempt());
    }

    /** Milliseconds since 1970, like all times; 0 when it has not happened. */
    @Exported
    public long getStarted() {
        return course.started();
    }

    @Exported
    public long getEnded() {
        return course.ended();
    }

    /** How long it ran, up to now if it still does; empty for one that never did. */
    public String getRan() {
        return between(course.started(), course.ended());
    }

    static String between(long from, long to) {
        long end = to == 0 ? System.currentTimeMillis() : to;
        return from == 0 ? "" : DurationText.of(Math.max(0, end - from));
    }

    /** Jenkins' symbol of an end that is no success. */
    static String symbol(@CheckForNull Outcome outcome) {
        return outcome != null && outcome.kind() == Outcome.Kind.CANCELLED
                ? "symbol-status-aborted"
                : "symbol-status-red";
    }
}
