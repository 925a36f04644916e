package io.jenkins.plugins.slurmapptainer.execution;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Run;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slurmapptainer.agent.AgentWorkspace;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.engine.JobClient;
import io.jenkins.plugins.slurmapptainer.engine.JobConsole;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobThreads;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.engine.StatusText;
import io.jenkins.plugins.slurmapptainer.engine.Work;
import io.jenkins.plugins.slurmapptainer.headnode.RemoteWorkspace;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** One job of a build: keeps its record with the build and shows its output there. Safe for several threads. */
public final class BuildJob implements JobClient {
    /** How long an aborted build waits for the end of its job. Slurm gives a program 30 s to react to {@code TERM}. */
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    /** The same when not even Slurm answers. */
    private static final Duration PATIENCE_WITH_SILENCE = Duration.ofSeconds(5);

    private final Run<?, ?> run;
    private final BuildJobConsole console;
    private final Supplier<JobPlanner> planners;
    private final JobOwner owner;
    private final ImageAdmission admission;
    private final JobLifecycle job;
    /** An earlier process has saved the end. Only the console shows whether it also said it. */
    private final boolean endSaved;

    private boolean cancelled;

    private BuildJob(
            Run<?, ?> run, JobRecord record, Supplier<JobPlanner> planners, BuildConsole console, JobOwner owner) {
        this.run = run;
        this.planners = planners;
        this.console = new BuildJobConsole(run, record.token(), console);
        this.owner = owner;
        this.admission = new ImageAdmission(run, record.cluster(), this.console::say);
        this.endSaved = record.phase() == JobRecord.Phase.ENDED && record.isCollected();
        this.job = SlurmEngine.get().job(record, this);
        UnfinishedJobs.get().follow(job);
    }

    /**
     * The job with the given token: the one that the build remembers, otherwise a new one.
     *
     * @param planners make a planner from the options whenever they are read, because the configuration may have changed
     * @param agent agent with a new job's files, empty for none
     * @throws InvalidRequestException when the build may not have another job
     * @throws IOException when a new job cannot be saved
     */
    public static BuildJob of(
            Run<?, ?> run,
            JobToken token,
            Supplier<JobPlanner> planners,
            String agent,
            BuildConsole console,
            JobOwner owner)
            throws IOException {
        SlurmJobsAction action = SlurmJobsAction.of(run);
        JobRecord record = action.find(token.value());
        if (record == null) {
            SlurmCluster chosen = planners.get().cluster();
            record =
                    new JobRecord(token, chosen.getName(), SlurmEngine.root(chosen), agent, System.currentTimeMillis());
            UnfinishedJobs.get().keep(record, run);
            try {
                action.add(record, run, chosen.jobsPerBuild());
            } catch (InvalidRequestException e) {
                UnfinishedJobs.get().forget(record);
                throw e;
            }
        }
        return new BuildJob(run, record, planners, console, owner);
    }

    /** Whether an earlier process has begun the job with the given token. */
    public static boolean exists(Run<?, ?> run, JobToken token) {
        return SlurmJobsAction.of(run).find(token.value()) != null;
    }

    /** Starts the job, or continues it from its saved state. */
    public void begin() {
        if (job.record().isCancelling()) {
            waitALittle();
        }
        if (job.record().phase() == JobRecord.Phase.SUBMITTED) {
            // This also lets the console find out what is visible before there is output.
            console.say("Following job " + job.record().jobId() + " again");
        }
        job.begin();
    }

    /**
     * Cancels the job. The owner is told when the job has ended. If that takes too long, the owner is told that it is
     * left; Slurm cancels it all the same. A second call means that the caller does not want to wait.
     */
    public void cancel() {
        boolean again;
        synchronized (this) {
            again = cancelled;
            cancelled = true;
        }
        if (again) {
            leave();
        } else {
            console.say("Stopping the job");
            job.cancel();
            waitALittle();
        }
    }

    /** Ends the job because its work is done. That is a success, unless it has ended otherwise before. */
    public void release() {
        if (!isEnded()) {
            job.release();
            waitALittle();
        }
    }

    public boolean isEnded() {
        return job.record().phase() == JobRecord.Phase.ENDED;
    }

    public JobRecord record() {
        return job.record();
    }

    private void waitALittle() {
        JobThreads threads = SlurmEngine.get().threads(job.record().cluster(), build());
        threads.schedule(
                Work.RECORD,
                () -> {
                    if (!job.isCancelTaken()) {
                        leave();
                    }
                },
                PATIENCE_WITH_SILENCE.toMillis());
        threads.schedule(Work.RECORD, this::leave, PATIENCE.toMillis());
    }

    private void leave() {
        if (console.close(StatusText.leaving(job.record(), job.isCancelTaken()))) {
            owner.left();
        }
    }

    /** Whether the job's files have left the workspace, so that the agent is no longer needed. */
    public boolean isSubmitted() {
        return job.record().phase() != JobRecord.Phase.PREPARING;
    }

    /** The current state, as a short phrase. */
    public String status() {
        return StatusText.of(job.record());
    }

    @Override
    public JobConsole console() {
        return console;
    }

    @Override
    public JobPlan plan() throws IOException, InterruptedException {
        JobPlanner planner = planners.get();
        JobPlan plan = planner.plan(
                planner.usesWorkspace() ? owner.workspace() : null,
                owner.environment(),
                owner.sensitiveVariables(),
                console::sayOnce);
        if (plan.image().isEmpty()) {
            return plan;
        }
        return plan.withImage(
                admission.prepare(plan.imageId(), plan.image().get(), job.record(), owner.authentication()));
    }

    @Override
    public String build() {
        return run.getExternalizableId();
    }

    @Override
    public boolean usesWorkspace() {
        return planners.get().mayUseWorkspace();
    }

    @Override
    public RemoteWorkspace workspace() throws IOException, InterruptedException {
        FilePath workspace = owner.workspace();
        Computer computer = workspace == null ? null : workspace.toComputer();
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        if (channel == null) {
            throw new IOException("the agent with the workspace is not online");
        }
        String name = computer.getName().isEmpty() ? "built-in" : computer.getName();
        return new AgentWorkspace(name, channel, workspace.getRemote());
    }

    @Override
    public void save() throws IOException {
        UnfinishedJobs.get().keep(job.record(), run);
        // Saving a deleted build would partly restore it.
        if (run.getRootDir().isDirectory()) {
            run.save();
        }
    }

    @Override
    public void returned(byte[] output) throws IOException {
        new ReturnedFile(run, job.record().token()).write(output);
    }

    @Override
    public void collected(List<String> files) throws IOException, InterruptedException {
        owner.collected(files);
    }

    @Override
    public boolean keepsDirectory(Outcome outcome) {
        return !outcome.isSuccess() || SlurmEngine.keepsSucceeded(job.record().cluster());
    }

    @Override
    public void started() {
        owner.started(job.record());
    }

    /** Says how the job ended. Leaves out lines with the job's id that an earlier process has said. */
    private void sayEnd() {
        boolean known = endSaved && !job.record().jobId().isEmpty();
        ConsoleTail earlier = known ? ConsoleTail.of(run) : null;
        for (String line : List.of(OutcomeText.of(job.record()), OutcomeText.times(job.record()))) {
            if (!line.isEmpty() && (earlier == null || !earlier.has(line))) {
                console.say(line);
            }
        }
    }

    @Override
    public void ended(Outcome outcome) {
        console.deleteOffsets(job.record().tasks());
        sayEnd();
        console.close();
        owner.ended(job.record(), outcome);
        UnfinishedJobs.get().ended(job.record());
    }

    /** What the job with this token has printed for the build to return. */
    public static String returned(Run<?, ?> run, String token, SlurmJobOptions options) throws IOException {
        return new ReturnedFile(run, token).read(options);
    }

    @Override
    public void givenUp(String why) {
        if (console.close("Giving up: " + why)) {
            owner.failed(SlurmJobException.givenUp(job.record(), why));
        }
    }

    @Override
    public void failed(Throwable cause) {
        UnfinishedJobs.get().forget(job.record());
        owner.failed(cause);
    }
}
