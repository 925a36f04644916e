package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;

/**
 * Shows the output of one job and lines about it. Called from the engine's threads, sometimes by two at once: implementations keep
 * the lines apart.
 */
public interface JobConsole {
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
}
