package io.jenkins.plugins.slurmapptainer.execution;

import hudson.AbortException;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.engine.JobHost;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobRun;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/** One job of a build: keeps its record with the build and its output on the build's console. */
public final class BuildJob implements JobHost {
    /** The part of a build that wants the job. Told of its end once, by an engine's thread. */
    public interface Owner {
        /** What is to be done. */
        JobPlan plan() throws IOException, InterruptedException;

        /**
         * The outputs are in the workspace.
         *
         * @param files relative to it
         * @throws IOException when they cannot be kept
         */
        void collected(List<String> files) throws IOException, InterruptedException;

        /** The job has ended. */
        void ended(JobRecord record, Outcome outcome);

        /** There will be no job. */
        void failed(Throwable cause);
    }

    private final Run<?, ?> run;
    private final JobConsole console;
    private final Owner owner;
    private final ImageUse imageUse;
    private final JobRun job;
    private final OutputOffset shown;
    /** An earlier process has told the end, but perhaps not to the owner. */
    private final boolean endShown;

    private BuildJob(Run<?, ?> run, JobRecord record, JobConsole console, Owner owner) {
        this.run = run;
        this.console = console;
        this.owner = owner;
        this.imageUse = new ImageUse(run, record.cluster(), this::say);
        this.shown = new OutputOffset(run, record.token());
        this.endShown = record.phase() == JobRecord.Phase.ENDED;
        this.job = SlurmEngine.get().job(record, this);
        UnfinishedJobs.get().follow(job);
    }

    /**
     * The job with the given token, as the build remembers it or new.
     *
     * @param cluster asked for a new job only
     * @param agent where a new job's files are, empty for none
     */
    public static BuildJob of(
            Run<?, ?> run,
            JobToken token,
            Supplier<SlurmCluster> cluster,
            String agent,
            JobConsole console,
            Owner owner)
            throws IOException {
        SlurmJobsAction action = SlurmJobsAction.of(run);
        JobRecord record = action.find(token.value());
        if (record == null) {
            SlurmCluster chosen = cluster.get();
            record =
                    new JobRecord(token, chosen.getName(), SlurmEngine.root(chosen), agent, System.currentTimeMillis());
            UnfinishedJobs.get().keep(record, run);
            action.add(record, run);
        }
        return new BuildJob(run, record, console, owner);
    }

    /** Carries on from where the job is. */
    public void begin() {
        job.begin();
    }

    /** Ends the job. */
    public void cancel() {
        say("Stopping the job");
        job.cancel();
    }

    /** The state in a few words. */
    public String status() {
        JobRecord record = job.record();
        String id = record.jobId().isEmpty() ? "" : " " + record.jobId();
        String state = record.state().isEmpty()
                ? record.phase().name().toLowerCase(Locale.ROOT)
                : record.state().toLowerCase(Locale.ROOT);
        return "Slurm job" + id + " is " + state + (record.reason().isEmpty() ? "" : " (" + record.reason() + ")");
    }

    @Override
    public JobPlan plan() throws IOException, InterruptedException {
        JobPlan plan = owner.plan();
        if (plan.image().isPresent()) {
            imageUse.prepare(plan.imageId(), plan.image().get().path());
        }
        return plan;
    }

    @Override
    public void save() throws IOException {
        UnfinishedJobs.get().keep(job.record(), run);
        // Saving a deleted build would bring a part of it back.
        if (run.getRootDir().isDirectory()) {
            run.save();
        }
    }

    @Override
    public void output(byte[] bytes, int length) throws IOException {
        console.output(bytes, length);
    }

    @Override
    public void saveOffset(long offset) {
        shown.write(offset);
    }

    @Override
    public long savedOffset(long recorded) {
        return shown.read(recorded);
    }

    @Override
    public void say(String line) {
        console.say(line);
    }

    @Override
    public void collected(List<String> files) throws IOException, InterruptedException {
        owner.collected(files);
    }

    @Override
    public void ended(Outcome outcome) {
        shown.delete();
        if (!endShown) {
            say(OutcomeText.of(job.record()));
            String times = OutcomeText.times(job.record());
            if (!times.isEmpty()) {
                say(times);
            }
        }
        owner.ended(job.record(), outcome);
        UnfinishedJobs.get().forget(job.record());
    }

    @Override
    public void givenUp(String why) {
        say("Giving up: " + why);
        owner.failed(new AbortException(why));
    }

    @Override
    public void failed(Throwable cause) {
        UnfinishedJobs.get().forget(job.record());
        owner.failed(cause);
    }
}
