package io.jenkins.plugins.slurmapptainer.image;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * A machine that sees the image files of a cluster. Fails with {@link IOException} only when the machine could not be asked.
 */
public interface ImageFiles {
    /**
     * Looks through directories. What cannot be read is in the answer and no failure.
     *
     * @param progress is told in words how far it is, now and then
     */
    ScanAnswer scan(ScanRequest request, Consumer<String> progress) throws IOException, InterruptedException;

    /**
     * Sees to it that an image of a registry becomes a file. Answers at once: to be asked again, with the ticket of the last
     * answer, until the image is there or the pull has failed. A pull that nobody asks about for some minutes is given up.
     */
    PullAnswer pull(PullRequest request) throws IOException, InterruptedException;

    /**
     * Reads the longer texts of an image.
     *
     * @param path absolute
     * @param apptainer name or path of the container program
     */
    ImageScripts scripts(String path, String apptainer) throws IOException, InterruptedException;

    /** Finds out whether a file is what it is said to be. */
    ImageCheckAnswer check(ImageCheckRequest request) throws IOException, InterruptedException;
}
