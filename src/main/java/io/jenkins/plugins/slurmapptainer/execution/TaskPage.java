package io.jenkins.plugins.slurmapptainer.execution;

import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** One task of a job array as pages and REST show it. The exported names are an interface: they never change. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class TaskPage extends JobProgressPage {
    private final TaskRecord task;
    private final boolean over;

    /** @param over whether the array has ended */
    TaskPage(TaskRecord task, boolean over) {
        super(task);
        this.task = task;
        this.over = over;
    }

    @Exported
    public int getIndex() {
        return task.index();
    }

    /** The state in one word: {@code waiting}, {@code running}, {@code completed}, or what went wrong. */
    @Exported
    public String getState() {
        Outcome outcome = task.outcome();
        if (outcome != null) {
            return outcome.isSuccess()
                    ? "completed"
                    : outcome.kind().name().replace('_', ' ').toLowerCase(Locale.ROOT);
        }
        if (task.startedAttempt() >= 0) {
            return over ? "unknown" : "running";
        }
        return over ? "never submitted" : "waiting";
    }

    /** How the task ended, in one sentence; empty until then. */
    @Exported
    public String getOutcome() {
        return task.outcome() == null ? "" : OutcomeText.ofTask(task);
    }

    /** How the task failed, in one sentence; empty if it did not. */
    public String getProblem() {
        return rank() == 0 ? getOutcome() : "";
    }

    /** Jenkins' symbol for the state. */
    public String getSymbol() {
        switch (rank()) {
            case 0:
                return symbol(task.outcome());
            case 1:
                return "symbol-status-blue-anime";
            case 2:
                return "symbol-status-nobuilt";
            default:
                return "symbol-status-blue";
        }
    }

    /** The task's place on the page: failed ones come first, then running, waiting and completed ones. */
    int rank() {
        Outcome outcome = task.outcome();
        if (outcome != null) {
            return outcome.isSuccess() ? 3 : 0;
        }
        return over ? 0 : task.startedAttempt() >= 0 ? 1 : 2;
    }

    /** The number of restarts as text. */
    public String getRestartsText() {
        return Integer.toString(getRestarts());
    }
}
