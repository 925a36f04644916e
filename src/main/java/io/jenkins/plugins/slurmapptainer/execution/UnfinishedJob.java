package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;

/** A job that has not ended, and its build. Saved by XStream: the names of the fields never change. */
final class UnfinishedJob {
    private final String build;
    private final JobRecord record;

    UnfinishedJob(String build, JobRecord record) {
        this.build = build;
        this.record = record;
    }

    /** The build's externalizable id. */
    String build() {
        return build;
    }

    /** The job in the state that was last saved. */
    JobRecord record() {
        return record;
    }

    /** The build, {@code null} if it no longer exists. Must be called as the system user, who sees all builds. */
    @CheckForNull
    Run<?, ?> find() {
        try {
            return Run.fromExternalizableId(build);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The build's own record of the job; if there is none, this one. */
    JobRecord newest(@CheckForNull Run<?, ?> run) {
        SlurmJobsAction action = run == null ? null : run.getAction(SlurmJobsAction.class);
        JobRecord kept = action == null ? null : action.find(record.token());
        return kept == null ? record : kept;
    }
}
