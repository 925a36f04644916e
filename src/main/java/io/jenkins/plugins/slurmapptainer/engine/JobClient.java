package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.RemoteWorkspace;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;

/**
 * The part of the program that wants a job: a build's step, a test, the demonstration. The engine's threads call it,
 * sometimes two at once.
 */
public interface JobClient {
    /** Where people read about the job. Always the same object. */
    JobConsole console();

    /**
     * Makes the checked plan. Called once for each submission, and again if the controller restarted before it.
     *
     * @throws NotReadyException when the engine must ask again later
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException when the request cannot be carried out
     */
    JobPlan plan() throws IOException, InterruptedException;

    /**
     * The workspace, for a plan that says it is not on the head nodes.
     *
     * @throws IOException when it cannot be reached now
     */
    default RemoteWorkspace workspace() throws IOException, InterruptedException {
        throw new IOException("there is no workspace any more");
    }

    /** Identifies the build of the job. Jobs of one build share threads, see {@link Work}. */
    default String build() {
        return "";
    }

    /** Whether {@link #plan} reads a workspace, or its plan needs one, which may take long. Asks no other machine. */
    default boolean usesWorkspace() {
        return true;
    }

    /** Saves the record. After the return, not even a crash loses it. */
    void save() throws IOException;

    /**
     * Receives the standard output of a successful job for a build that wants it. Called before {@link #ended}, once,
     * or again after a restart.
     *
     * @throws IOException when it cannot be saved
     */
    default void returned(byte[] output) throws IOException {}

    /**
     * Says that waiting is pointless. Either nobody has answered about the job for
     * {@link EngineSettings#silenceLimit()}, or a programming error stops its tracking. The job is being cancelled;
     * {@link #ended} is still called when that has succeeded.
     *
     * @param why names the job and says what happens to it
     */
    default void givenUp(String why) {}

    /**
     * Says that the outputs are in the workspace.
     *
     * @param files paths relative to the workspace
     * @throws IOException when they cannot be kept; the job then counts as one without its outputs
     */
    default void collected(List<String> files) throws IOException, InterruptedException {}

    /** Whether to keep the directory of a job with this outcome, for people who want to look at it. */
    default boolean keepsDirectory(Outcome outcome) {
        return !outcome.isSuccess();
    }

    /** Says that the job's batch script has begun. Called again after a restart, and for each further start. */
    default void started() {}

    /** Reports the end of the job, once. The record has been saved. */
    void ended(Outcome outcome);

    /**
     * Says that the request cannot be carried out, or that the engine itself failed. Slurm knows nothing of the job.
     */
    void failed(Throwable cause);
}
