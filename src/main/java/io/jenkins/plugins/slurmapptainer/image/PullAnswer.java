package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * The state of a pull.
 *
 * @param state the state
 * @param ticket name of the pull for the next request, empty if another head node makes the pull
 * @param text one line: the current step, or why the pull failed
 * @param bytes bytes of the image that have been written
 * @param file the image, {@code null} unless it is there; with its digest if the head node that answers has pulled it
 *     and the file has not changed since
 */
public record PullAnswer(State state, String ticket, String text, long bytes, CheckedFile file)
        implements Serializable {
    /** The states of a pull. */
    public enum State {
        PULLING,
        /** The image is there. */
        THERE,
        FAILED
    }

    public static PullAnswer there(CheckedFile file) {
        return new PullAnswer(State.THERE, "", "", file.stamp().size(), file);
    }

    public static PullAnswer pulling(String ticket, String text, long bytes) {
        return new PullAnswer(State.PULLING, ticket, text, bytes, null);
    }

    public static PullAnswer failed(String text) {
        return new PullAnswer(State.FAILED, "", text, 0, null);
    }
}
