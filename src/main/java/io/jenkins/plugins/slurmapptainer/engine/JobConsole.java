package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;

/**
 * Shows the output of one job and lines about it. The engine's threads call it, sometimes two at once. Implementations
 * must keep the lines apart.
 */
public interface JobConsole {
    /**
     * Shows output of the job as it came. If the program overwrites a line, only some of its states and the last one
     * come. No piece begins or ends within a character or an escape sequence.
     *
     * @throws IOException if it could not be shown; the offset is not saved then
     */
    void output(byte[] bytes, int length) throws IOException;

    /**
     * Shows output of one task of an array, with the task's index before each line. It comes in whole lines, or in a
     * part of a line if that has waited for a while.
     */
    default void taskOutput(int task, byte[] bytes, int length) throws IOException {
        output(bytes, length);
    }

    /**
     * Whether output is visible, and survives a crash, before its line ends. If not, output comes in whole lines,
     * unless a line is longer than {@value LiveLines#MAX_BYTES} bytes or the job ended within it.
     */
    default boolean showsUnendedLines() {
        return true;
    }

    /**
     * Saves how many bytes of the output have been shown. Called after every piece, so it must be fast. The record has
     * this number too, but is rarely saved.
     */
    default void saveOffset(long offset) {}

    /**
     * How many bytes of the output have been shown, by this or an earlier process.
     *
     * @param recorded the number in the record
     */
    default long savedOffset(long recorded) {
        return recorded;
    }

    /** The same for one task of an array. */
    default void saveTaskOffset(int task, long offset) {}

    /** The same for one task of an array. */
    default long savedTaskOffset(int task, long recorded) {
        return recorded;
    }

    /** Shows one line about the job. */
    void say(String line);
}
