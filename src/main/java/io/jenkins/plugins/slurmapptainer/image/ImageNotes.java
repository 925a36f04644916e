package io.jenkins.plugins.slurmapptainer.image;

import java.util.List;

/**
 * What people say about an image.
 *
 * @param description may be empty
 * @param aliases other names by which builds find it
 * @param state whether it is still to be used
 * @param hint what to use instead when it is deprecated or hidden, may be empty
 * @param folders full names of the folders whose jobs may use it; none means all
 */
public record ImageNotes(
        String description, List<String> aliases, ImageState state, String hint, List<String> folders) {
    public static final ImageNotes NONE = new ImageNotes("", List.of(), ImageState.CURRENT, "", List.of());

    public ImageNotes {
        aliases = List.copyOf(aliases);
        folders = List.copyOf(folders);
    }

    /**
     * Whether a job may use the image.
     *
     * @param job full name of the job, for example {@code team/nightly}
     */
    public boolean usableBy(String job) {
        return folders.isEmpty()
                || folders.stream().anyMatch(folder -> job.equals(folder) || job.startsWith(folder + "/"));
    }
}
