package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Ends a job that no build waits for any more. What happens is written to Jenkins' log, and to the build if it still
 * exists.
 */
final class AbandonedJob implements JobClient, JobConsole {
    private static final Logger LOGGER = Logger.getLogger(AbandonedJob.class.getName());

    private final String build;
    private final JobRecord record;

    @CheckForNull
    private final Run<?, ?> run;

    AbandonedJob(UnfinishedJob job, @CheckForNull Run<?, ?> run) {
        this.build = job.build();
        this.record = job.newest(run);
        this.run = run;
    }

    void end() {
        say("Cancelling the Slurm job, for which the build no longer waits");
        JobLifecycle job = SlurmEngine.get().job(record, this);
        UnfinishedJobs.get().follow(job);
        job.cancel();
        job.begin();
    }

    @Override
    public JobConsole console() {
        return this;
    }

    @Override
    public JobPlan plan() {
        throw new IllegalStateException("a job that is being cancelled is not submitted");
    }

    @Override
    public String build() {
        return build;
    }

    @Override
    public boolean usesWorkspace() {
        return false;
    }

    @Override
    public void save() throws IOException {
        UnfinishedJobs.get().keep(record, build);
        if (run != null) {
            run.save();
        }
    }

    @Override
    public void output(byte[] bytes, int length) {
        LOGGER.log(
                Level.FINEST,
                "{0} bytes of output stay in the job''s directory: there is nobody to show them to",
                length);
    }

    @Override
    public void say(String line) {
        LOGGER.log(Level.INFO, "{0}: {1}", new Object[] {build, line});
    }

    @Override
    public void ended(Outcome outcome) {
        say(OutcomeText.of(record));
        if (run != null) {
            OutputOffset.deleteAll(run, record);
        }
        UnfinishedJobs.get().ended(record);
    }

    @Override
    public void failed(Throwable cause) {
        LOGGER.log(Level.WARNING, cause, () -> build + ": cannot end its Slurm job");
    }
}
