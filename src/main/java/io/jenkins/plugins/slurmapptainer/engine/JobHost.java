package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.RemoteWorkspace;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;

/**
 * Whoever wants a job: a build's step, a test, the demonstration. Called from the engine's threads, sometimes by two at
 * once: implementations keep their console's lines apart.
 */
public interface JobHost {
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
     * Shows output of the job, as it came; of a line that is written again and again, some states and the last. Nothing begins or
     * ends within a character or an escape sequence.
     *
     * @throws IOException if it could not be shown; the offset is not saved then
     */
    void output(byte[] bytes, int length) throws IOException;

    /**
     * The same of one task of an array. Shown are whole lines, or what there is of one after a while, each with the task's index
     * before it.
     */
    default void taskOutput(int task, byte[] bytes, int length) throws IOException {
        output(bytes, length);
    }

    /**
     * Whether what is shown is seen, and survives this process, before its line has an end. If not, output comes in whole lines,
     * unless one is longer than {@value LiveLines#MAX_BYTES} bytes or the job ended without finishing it.
     */
    default boolean showsUnendedLines() {
        return true;
    }

    /**
     * Remembers how much of the output has been shown. Called after every piece, so it has to be cheap; the record has
     * this number, too, but is saved seldom.
     */
    default void saveOffset(long offset) {}

    /**
     * How much of the output has been shown, by this process or an earlier one.
     *
     * @param recorded the number that the record has
     */
    default long savedOffset(long recorded) {
        return recorded;
    }

    /** The same of one task of an array. */
    default void saveTaskOffset(int task, long offset) {}

    /** The same of one task of an array. */
    default long savedTaskOffset(int task, long recorded) {
        return recorded;
    }

    /** Shows one line about the job. */
    void say(String line);

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
