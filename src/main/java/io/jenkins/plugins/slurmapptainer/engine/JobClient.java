package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.RemoteWorkspace;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;

/** Whoever wants a job: a build's step, a test, the demonstration. Called from the engine's threads, sometimes by two at once. */
public interface JobClient {
    /** Where people read of the job; always the same one. */
    JobConsole console();

    /**
     * The checked request. Called once per submission, and again when the host was restarted before it.
     *
     * @throws NotReadyException when it is to be asked again later
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException when it cannot be carried out
     */
    JobPlan plan() throws IOException, InterruptedException;

    /**
     * The workspace of a plan that says it is on another machine than the head nodes.
     *
     * @throws IOException when it cannot be reached now
     */
    default RemoteWorkspace workspace() throws IOException, InterruptedException {
        throw new IOException("there is no workspace any more");
    }

    /** Names the build that the job belongs to; its jobs share threads, see {@link Work}. */
    default String build() {
        return "";
    }

    /** Whether {@link #plan} looks into a workspace, or what it plans needs one: that may take long. Asks no other machine. */
    default boolean usesWorkspace() {
        return true;
    }

    /** Makes the record survive a crash; returns when it does. */
    void save() throws IOException;

    /**
     * What a job that succeeded has printed on its standard output, for a build that wants it. Before {@link #ended}, once or
     * again after a restart.
     *
     * @throws IOException when it cannot be kept
     */
    default void returned(byte[] output) throws IOException {}

    /**
     * There is no need to wait any longer: nobody has answered about the job for as long as {@link EngineSettings#silenceLimit()}
     * allows, or an error of a program keeps it from being followed. The job is being cancelled, which {@link #ended} still tells
     * when it has been possible.
     *
     * @param why names the job, and what becomes of it
     */
    default void givenUp(String why) {}

    /**
     * The outputs are in the workspace.
     *
     * @param files relative to the workspace
     * @throws IOException when they cannot be kept, which makes the job one without its outputs
     */
    default void collected(List<String> files) throws IOException, InterruptedException {}

    /** Whether the directory of a job that ended like this stays, for whoever wants to look at it. */
    default boolean keepsDirectory(Outcome outcome) {
        return !outcome.isSuccess();
    }

    /** The end, told once. The record has been saved. */
    void ended(Outcome outcome);

    /** The request cannot be carried out, or the engine itself failed; nothing is known to Slurm. */
    void failed(Throwable cause);
}
