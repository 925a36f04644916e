package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * How far a pull is.
 *
 * @param state what it has come to
 * @param ticket names the pull in the next request, empty if another head node does it
 * @param text one line: what is being done, or why it failed
 * @param bytes size of the image as far as it is written
 * @param file the image, {@code null} unless it is there; with its digest if the head node that answers has pulled it, and nobody has
 *     changed the file since
 */
public record PullAnswer(State state, String ticket, String text, long bytes, CheckedFile file)
        implements Serializable {
    /** What a pull may have come to. */
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
