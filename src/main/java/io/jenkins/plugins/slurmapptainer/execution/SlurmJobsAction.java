package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.InvisibleAction;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The Slurm jobs of a build, kept in its {@code build.xml}: the second home of what a step knows, because a step's own
 * state is not saved in every durability mode.
 */
public final class SlurmJobsAction extends InvisibleAction {
    private final List<JobRecord> jobs = new ArrayList<>();

    /** The action of a build, added if it has none yet. */
    static SlurmJobsAction of(Run<?, ?> run) {
        synchronized (run) {
            SlurmJobsAction action = run.getAction(SlurmJobsAction.class);
            if (action == null) {
                action = new SlurmJobsAction();
                run.addAction(action);
            }
            return action;
        }
    }

    /** All jobs, in the order in which they began. */
    public synchronized List<JobRecord> getJobs() {
        return new ArrayList<>(jobs);
    }

    @CheckForNull
    synchronized JobRecord find(String token) {
        return jobs.stream()
                .filter(job -> job.token().equals(token))
                .findFirst()
                .orElse(null);
    }

    /** Adds a job and saves the build before anything else happens. */
    void add(JobRecord job, Run<?, ?> run) throws IOException {
        synchronized (this) {
            jobs.add(job);
        }
        run.save();
    }
}
