package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.security.core.Authentication;

/**
 * The part of a build that wants the job. It gives what the job needs from the build, and learns what happens to the
 * job. An engine thread reports the end, once.
 */
public interface JobOwner {
    /** The variables of the build. Read whenever they are needed, so that no secret among the values is saved. */
    Map<String, String> environment() throws IOException, InterruptedException;

    /** Names of the variables whose values are secret. */
    Set<String> sensitiveVariables() throws IOException, InterruptedException;

    /** The user of the build. Where it is found depends on how the build was started. */
    Authentication authentication() throws IOException, InterruptedException;

    /** The workspace of the build, {@code null} if it has none any more. */
    @CheckForNull
    FilePath workspace() throws IOException, InterruptedException;

    /**
     * Called when the outputs are in the workspace.
     *
     * @param files paths relative to it
     * @throws IOException when they cannot be kept
     */
    void collected(List<String> files) throws IOException, InterruptedException;

    /** Called when the job's batch script has begun, and again after a restart. */
    default void started(JobRecord record) {}

    /** Called when the job has ended. */
    void ended(JobRecord record, Outcome outcome);

    /** Called when there will be no job. */
    void failed(Throwable cause);

    /** Called when the job was cancelled but nobody waits for its end any longer. The console says why. */
    void left();
}
