package io.jenkins.plugins.slurmapptainer.pipeline;

import hudson.AbortException;
import hudson.FilePath;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.model.Computer;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.execution.BuildJob;
import io.jenkins.plugins.slurmapptainer.execution.SlurmEngine;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.script.AllocationClient;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.plugins.workflow.steps.BodyExecution;
import org.jenkinsci.plugins.workflow.steps.BodyExecutionCallback;
import org.jenkinsci.plugins.workflow.steps.BodyInvoker;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/**
 * One run of the step {@code slurmAllocation}: the body runs as long as its job does. The end of the body ends the job, and
 * the end of the job ends the body.
 */
final class SlurmAllocationStepExecution extends SlurmStepExecution {
    private static final long serialVersionUID = 1L;
    private static final Logger LOGGER = Logger.getLogger(SlurmAllocationStepExecution.class.getName());
    /** How long the job may take to end by itself. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private static final Duration AGENT_PAUSE = Duration.ofSeconds(5);

    /** The running block, {@code null} before and after. */
    private BodyExecution body;
    /** Whether the program that contains the block has it. Otherwise a restart has lost it. */
    private boolean launched;
    /** How the block has ended, {@code null} if it has not. */
    private BlockResult result;
    /** Why the block is being stopped, {@code null} if it is not. It fails for this cause, whatever its steps say. */
    private BlockResult verdict;

    private transient boolean begun;
    /** Whether nobody will hear of the job any more. */
    private transient boolean jobLost;

    SlurmAllocationStepExecution(StepContext context, SlurmJobOptions options) {
        super(context, options);
    }

    @Override
    public void onResume() {
        synchronized (this) {
            body = launched ? body : null;
        }
        super.onResume();
    }

    private synchronized void launched() {
        launched = true;
    }

    @Override
    boolean needsAgent() {
        return true;
    }

    @Override
    public void started(JobRecord record) {
        synchronized (this) {
            if (begun || body != null || result != null || isStopped()) {
                return;
            }
            begun = true;
        }
        SlurmEngine.get().execute(() -> beginBody(record));
    }

    private void beginBody(JobRecord record) {
        String agent;
        try {
            agent = agent();
        } catch (IOException e) {
            LOGGER.log(Level.FINE, "the block waits for its agent", e);
            if (!isOver() && !isStopped()) {
                SlurmEngine.get().schedule(() -> beginBody(record), AGENT_PAUSE);
            }
            return;
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down; the block begins after the restart");
            return;
        }
        beginBody(record, agent);
    }

    /** @throws IOException when it cannot be reached now */
    private String agent() throws IOException, InterruptedException {
        FilePath workspace = getContext().get(FilePath.class);
        Computer computer = workspace == null ? null : workspace.toComputer();
        if (computer == null || computer.getChannel() == null) {
            throw new IOException("the agent with the workspace is not online");
        }
        return computer.getName();
    }

    private void beginBody(JobRecord record, String agent) {
        try {
            StepContext context = getContext();
            AllocationLaunchers launchers = new AllocationLaunchers(client(record), record.cluster(), agent);
            BodyInvoker invoker = context.newBodyInvoker()
                    .withContext(BodyInvoker.mergeLauncherDecorators(context.get(LauncherDecorator.class), launchers))
                    .withContext(new HeldAllocation())
                    .withCallback(new Callback(this));
            synchronized (this) {
                // The job may have ended meanwhile, and the step with it.
                if (result == null && !isStopped()) {
                    body = invoker.start();
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            bodyEnded(BlockResult.failure(e));
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down; the block begins after the restart");
        }
    }

    private static AllocationClient client(JobRecord record) {
        return new AllocationClient(record.jobId(), record.directory().path());
    }

    private void bodyEnded(BlockResult how) {
        boolean lost;
        synchronized (this) {
            result = verdict == null ? how : verdict;
            body = null;
            lost = jobLost;
        }
        getContext().saveState();
        BuildJob current = job();
        if (lost) {
            finish();
        } else if (current != null) {
            Computer.threadPoolForRemoting.execute(() -> endJob(current));
        } // Otherwise a restart has just been, and resumed() follows.
    }

    /** Waits for the agent. A job that is asked to end succeeds. One that cannot be asked is cancelled, now or when somebody answers again. */
    private void endJob(BuildJob current) {
        SlurmEngine.get().schedule(current::release, PATIENCE);
        try {
            Launcher launcher = getContext().get(Launcher.class);
            if (launcher == null) {
                current.release();
            } else {
                AllocationLaunchers.end(
                        launcher, client(current.record()), current.record().cluster());
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, "the job is cancelled, because it cannot be asked to end", e);
            current.release();
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down");
        }
    }

    /** The steps themselves leave files in the workspace. */
    @Override
    public void collected(List<String> files) {}

    @Override
    public void ended(JobRecord record, Outcome outcome) {
        if (!outcome.isSuccess() && !isStopped()) {
            explain(ended(record));
        }
        jobLost(record.isCancelling() || isStopped() ? stopCause() : ended(record));
    }

    /** A step may have noticed the end of the job first, and has failed without knowing why. The console shows that failure. */
    private synchronized void explain(Throwable cause) {
        Throwable known = result == null ? null : result.failure();
        if (known != null && !(known instanceof FlowInterruptedException) && known != cause) {
            result = BlockResult.failure(cause);
        }
    }

    /** Nobody has answered about the job for too long, or there is none. */
    @Override
    public void failed(Throwable cause) {
        jobLost(cause instanceof InvalidRequestException ? new AbortException(cause.getMessage()) : cause);
    }

    @Override
    public void left() {
        jobLost(stopCause());
    }

    /** Stops the block, unless it has ended. The step ends after it, or at once if it has not begun. */
    private void jobLost(Throwable cause) {
        BodyExecution running;
        synchronized (this) {
            jobLost = true;
            running = body;
            if (running != null) {
                verdict = verdict == null ? BlockResult.failure(cause) : verdict;
            } else if (result == null) {
                result = BlockResult.failure(cause);
            }
        }
        if (running == null) {
            finish();
        } else {
            getContext().saveState();
            running.cancel(cause);
        }
    }

    private Throwable ended(JobRecord record) {
        try {
            return SlurmJobException.ended(tries().records(getContext().get(Run.class)));
        } catch (IOException e) {
            return e;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return SlurmJobException.ended(List.of(record));
        }
    }

    private void finish() {
        BlockResult how;
        synchronized (this) {
            how = result;
        }
        if (how.failure() != null) {
            fail(how.failure());
        } else if (isStopped()) { // while the job was ending
            fail(stopCause());
        } else {
            succeed(how.value());
        }
    }

    @Override
    public void stop(Throwable cause) {
        BodyExecution running;
        synchronized (this) {
            running = body;
        }
        if (running == null) {
            super.stop(cause);
        } else {
            running.cancel(cause);
        }
    }

    /** Ends the job of a block that ended before the restart. */
    @Override
    void resumed(BuildJob current) {
        if (isOver()) {
            Computer.threadPoolForRemoting.execute(() -> endJob(current));
        }
    }

    private synchronized boolean isOver() {
        return result != null;
    }

    private static final class Callback extends BodyExecutionCallback {
        private static final long serialVersionUID = 1L;

        private final SlurmAllocationStepExecution execution;

        Callback(SlurmAllocationStepExecution execution) {
            this.execution = execution;
        }

        @Override
        public void onStart(StepContext context) {
            execution.launched();
        }

        @Override
        public void onSuccess(StepContext context, Object result) {
            execution.bodyEnded(BlockResult.success(result));
        }

        @Override
        public void onFailure(StepContext context, Throwable cause) {
            execution.bodyEnded(BlockResult.failure(cause));
        }
    }
}
