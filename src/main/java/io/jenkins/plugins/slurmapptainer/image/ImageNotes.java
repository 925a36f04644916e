package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.List;

/**
 * What people say about an image.
 *
 * @param description may be empty
 * @param aliases other names by which builds find it
 * @param state whether it should still be used
 * @param hint what to use instead when it is deprecated or hidden, may be empty
 * @param folders folders whose jobs may use it
 */
public record ImageNotes(
        String description, List<String> aliases, ImageState state, String hint, NamePatterns folders) {
    public static final ImageNotes NONE = new ImageNotes("", List.of(), ImageState.CURRENT, "", NamePatterns.of(""));

    public ImageNotes {
        aliases = List.copyOf(aliases);
    }

    /** The same notes for other folders. */
    public ImageNotes with(NamePatterns other) {
        return new ImageNotes(description, aliases, state, hint, other);
    }

    /**
     * Whether a job may use the image.
     *
     * @param job full name of the job, for example {@code team/nightly}
     */
    public boolean usableBy(String job) {
        return folders.allowsFolder(job.substring(0, Math.max(0, job.lastIndexOf('/'))));
    }
}
