package io.jenkins.plugins.slurmapptainer.pipeline;

import com.google.common.util.concurrent.ListenableFuture;
import hudson.AbortException;
import hudson.EnvVars;
import hudson.FilePath;
import hudson.model.Result;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.execution.BuildConsole;
import io.jenkins.plugins.slurmapptainer.execution.BuildJob;
import io.jenkins.plugins.slurmapptainer.execution.JobOwner;
import io.jenkins.plugins.slurmapptainer.execution.JobPlanner;
import io.jenkins.plugins.slurmapptainer.execution.JobTries;
import io.jenkins.plugins.slurmapptainer.execution.LineVisibility;
import io.jenkins.plugins.slurmapptainer.execution.SlurmEngine;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.OutputEncoding;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.flow.FlowExecution;
import org.jenkinsci.plugins.workflow.steps.EnvironmentExpander;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.springframework.security.core.Authentication;

/**
 * One run of a step with a job. Only the options and the tokens of the jobs are serialized. Everything else is in the
 * build's {@link io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction} and is found there again.
 */
abstract class SlurmStepExecution extends StepExecution implements JobOwner {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(SlurmStepExecution.class.getName());
    private static final Duration SAVING = Duration.ofMinutes(5);

    private final SlurmJobOptions options;
    /** The token of the first job. */
    private final String token = JobToken.random().value();

    private final JobTries tries = new JobTries(token);
    /** Why the step was stopped, if it was. */
    private Throwable stopped;

    private transient volatile BuildJob job;
    private transient boolean completed;

    SlurmStepExecution(StepContext context, SlurmJobOptions options) {
        super(context);
        this.options = options;
    }

    final SlurmJobOptions options() {
        return options;
    }

    final JobTries tries() {
        return tries;
    }

    /** The current job, {@code null} while it is being prepared. */
    final BuildJob job() {
        return job;
    }

    @Override
    public boolean start() {
        SlurmEngine.get().execute(this::begin);
        return false;
    }

    @Override
    public void onResume() {
        SlurmEngine.get().execute(this::begin);
    }

    final void begin() {
        try {
            Run<?, ?> run = getContext().get(Run.class);
            BuildConsole console = console();
            Supplier<JobPlanner> planners = () -> new JobPlanner(tries.options(options, run), run);
            JobToken id = tries.token();
            boolean known = BuildJob.exists(run, id);
            // After a restart the agent with the files may be away, and it is no longer needed.
            String agent = known ? "" : workspaceAgent(planners.get());
            BuildJob created = BuildJob.of(run, id, planners, agent, console, this);
            synchronized (this) {
                job = created;
                if (stopped != null) {
                    created.cancel();
                }
            }
            // A job that is known was begun by a program that has been saved. Thousands may go on after a restart.
            if (known) {
                resumed(created);
                created.begin();
                return;
            }
            // If Jenkins crashed between sbatch and the next save of the program, this step and its job would run
            // again.
            ListenableFuture<Void> saving = getContext().saveState();
            SlurmEngine engine = SlurmEngine.get();
            saving.addListener(() -> begin(created, saving), engine::execute);
            engine.schedule(() -> saving.cancel(false), SAVING);
        } catch (IOException | RuntimeException | Error e) {
            failed(e);
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down");
        }
    }

    /** Whether the agent is still of use when the job has been submitted. */
    boolean needsAgent() {
        return false;
    }

    /** A job that an earlier process has begun is about to be followed again. */
    void resumed(BuildJob current) {}

    /** Called when the program has been saved, or could not be. */
    private void begin(BuildJob created, ListenableFuture<Void> saving) {
        try {
            saving.get();
            created.begin();
        } catch (CancellationException e) {
            fail(new IOException("the program of the build could not be saved in " + SAVING.toSeconds() + " s", e));
        } catch (ExecutionException | RuntimeException | Error e) {
            fail(e);
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down");
        }
    }

    final BuildConsole console() throws IOException, InterruptedException {
        return new BuildConsole(
                getContext().get(TaskListener.class).getLogger(),
                LineVisibility.of(getContext().get(Run.class)),
                OutputEncoding.orUsual(options.encoding()));
    }

    private String workspaceAgent(JobPlanner planner) throws IOException, InterruptedException {
        return planner.needsWorkspace() ? planner.workspaceAgent(getContext().get(FilePath.class)) : "";
    }

    @Override
    public Authentication authentication() throws IOException, InterruptedException {
        FlowExecution program = getContext().get(FlowExecution.class);
        if (program == null) {
            throw new IOException("the build's program is gone");
        }
        return program.getAuthentication2();
    }

    @Override
    public FilePath workspace() throws IOException, InterruptedException {
        return getContext().get(FilePath.class);
    }

    @Override
    public Map<String, String> environment() throws IOException, InterruptedException {
        EnvVars environment = getContext().get(EnvVars.class);
        // A map that respects case, because names that differ in case are different variables.
        return environment == null ? Map.of() : new HashMap<>(environment);
    }

    /** The variables that {@code withCredentials} and similar steps have set around the step. */
    @Override
    public Set<String> sensitiveVariables() throws IOException, InterruptedException {
        EnvironmentExpander expander = getContext().get(EnvironmentExpander.class);
        return expander == null ? Set.of() : expander.getSensitiveVariables();
    }

    @Override
    public void failed(Throwable cause) {
        if (cause instanceof SlurmJobException failure && !options.propagate()) {
            succeed(failure.getJob());
        } else {
            fail(cause instanceof InvalidRequestException ? new AbortException(cause.getMessage()) : cause);
        }
    }

    @Override
    public void left() {
        fail(stopCause());
    }

    @Override
    public void stop(Throwable cause) {
        BuildJob current;
        synchronized (this) {
            current = job;
            if (current != null && current.isSubmitted() && RemovedAgent.isCauseOf(cause) && !needsAgent()) {
                current.console().say("The job does not need the agent that was removed, and goes on");
                return;
            }
            stopped = stopped == null ? cause : stopped;
        }
        // Saved so that the build ends for the same cause after a restart.
        getContext().saveState();
        if (current != null) {
            current.cancel();
        }
    }

    /**
     * The reason why this step was stopped, by this or an earlier process of the controller. The build is aborted with
     * it.
     */
    final synchronized Throwable stopCause() {
        return stopped == null ? new FlowInterruptedException(Result.ABORTED, true) : stopped;
    }

    final synchronized boolean isStopped() {
        return stopped != null;
    }

    /** @return true the first time */
    private synchronized boolean complete() {
        boolean first = !completed;
        completed = true;
        return first;
    }

    final void succeed(Object result) {
        if (complete()) {
            getContext().onSuccess(result);
        }
    }

    final void fail(Throwable cause) {
        if (complete()) {
            getContext().onFailure(cause);
        }
    }

    @Override
    public String getStatus() {
        BuildJob current = job;
        return current == null ? "preparing the Slurm job" : current.status();
    }
}
