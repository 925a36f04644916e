package io.jenkins.plugins.slurmapptainer.freestyle;

import hudson.AbortException;
import hudson.FilePath;
import hudson.model.AbstractBuild;
import hudson.model.BuildListener;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.execution.Artifacts;
import io.jenkins.plugins.slurmapptainer.execution.BuildConsole;
import io.jenkins.plugins.slurmapptainer.execution.BuildJob;
import io.jenkins.plugins.slurmapptainer.execution.JobOwner;
import io.jenkins.plugins.slurmapptainer.execution.JobPlanner;
import io.jenkins.plugins.slurmapptainer.execution.JobTries;
import io.jenkins.plugins.slurmapptainer.execution.LineVisibility;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.job.OutputEncoding;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/** A job with all its tries. The build's own thread waits for its end; aborting the build interrupts the thread. */
final class AwaitedJob implements JobOwner {
    private final SlurmJobOptions options;
    private final AbstractBuild<?, ?> build;
    private final BuildListener listener;
    private final FilePath workspace;
    private final Map<String, String> environment;
    private final Authentication user;
    private final BuildConsole console;
    private final JobTries tries = new JobTries(JobToken.random().value());
    // Belongs to the current try.
    private BuildJob job;
    /** The job as it ended; empty when its end is no longer waited for. */
    private volatile CompletableFuture<Optional<JobRecord>> end;

    /**
     * Must be called by the build's own thread, which runs with the rights of the build's user.
     *
     * @param environment the variables of the build
     */
    AwaitedJob(
            SlurmJobOptions options, Map<String, String> environment, AbstractBuild<?, ?> build, BuildListener listener)
            throws IOException {
        this.options = options;
        this.build = build;
        this.listener = listener;
        this.environment = environment;
        this.user = Jenkins.getAuthentication2();
        workspace = build.getWorkspace();
        console = new BuildConsole(
                listener.getLogger(), LineVisibility.of(build), OutputEncoding.orUsual(options.encoding()));
        prepare();
    }

    private void prepare() throws IOException {
        Supplier<JobPlanner> planners = () -> new JobPlanner(tries.options(options, build), build);
        JobPlanner planner = planners.get();
        end = new CompletableFuture<>();
        String agent = planner.needsWorkspace() ? planner.workspaceAgent(workspace) : "";
        job = BuildJob.of(build, tries.token(), planners, agent, console, this);
    }

    /**
     * Runs the job and returns when it has ended, successfully or not.
     *
     * @throws InterruptedException when the thread was interrupted. The job has been cancelled, and either Slurm has
     *     confirmed that or the build's console says why it has not
     * @throws AbortException when there is no job, or nothing is heard of it any more; the message says why
     */
    JobRecord run() throws InterruptedException, IOException {
        JobRecord ended = runOnce();
        while (tries.again(ended, options, console::say)) {
            prepare();
            ended = runOnce();
        }
        return ended;
    }

    private JobRecord runOnce() throws InterruptedException, IOException {
        job.begin();
        Optional<JobRecord> record;
        try {
            record = end.get();
        } catch (InterruptedException e) {
            cancel();
            throw e;
        } catch (ExecutionException e) {
            throw failure(e.getCause());
        }
        return record.filter(ended -> !ended.isCancelling())
                .orElseThrow(() -> new InterruptedException("the job was cancelled by Jenkins"));
    }

    private static IOException failure(Throwable cause) {
        if (cause instanceof AbortException abort) {
            return abort;
        }
        return cause instanceof InvalidRequestException
                ? new AbortException(cause.getMessage())
                : new IOException("the Slurm job could not be run", cause);
    }

    private void cancel() {
        try {
            job.cancel();
            end.get();
        } catch (InterruptedException e) {
            // A second abort means: do not wait.
            job.cancel();
        } catch (RejectedExecutionException e) {
            // The engine ends before the executors are interrupted.
            job.console().say("Jenkins is shutting down; the job is cancelled when it is back");
        } catch (ExecutionException e) {
            job.console().say("There is no job to cancel: " + e.getCause().getMessage());
        }
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Set<String> sensitiveVariables() {
        return build.getSensitiveBuildVariables();
    }

    @Override
    public Authentication authentication() {
        return user;
    }

    @Override
    public FilePath workspace() {
        return workspace;
    }

    @Override
    public void collected(List<String> files) throws IOException, InterruptedException {
        if (options.archive()) {
            Artifacts.archive(build, workspace, listener, files);
        }
    }

    @Override
    public void ended(JobRecord record, Outcome outcome) {
        end.complete(Optional.of(record));
    }

    @Override
    public void left() {
        end.complete(Optional.empty());
    }

    @Override
    public void failed(Throwable cause) {
        end.completeExceptionally(cause);
    }
}
