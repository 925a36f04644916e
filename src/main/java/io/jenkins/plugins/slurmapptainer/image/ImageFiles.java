package io.jenkins.plugins.slurmapptainer.image;

import java.io.IOException;
import java.util.function.Consumer;

/**
 * A machine that sees the image files of a cluster. Throws {@link IOException} only when the machine could not be
 * asked. Safe for several threads; every method waits for the machine.
 */
public interface ImageFiles {
    /**
     * Scans directories. What cannot be read is part of the answer and no failure.
     *
     * @param progress gets a line about the progress now and then
     */
    ScanAnswer scan(ScanRequest request, Consumer<String> progress) throws IOException, InterruptedException;

    /**
     * Asks for an image of a registry as a file. Answers at once. The caller must ask again, with the ticket of the
     * last answer, until the image is there or the pull has failed. A pull ends if nobody asks about it for some
     * minutes.
     */
    PullAnswer pull(PullRequest request) throws IOException, InterruptedException;

    /**
     * Reads the longer texts of an image.
     *
     * @param path absolute
     * @param apptainer name or path of the container program
     */
    ImageScripts scripts(String path, String apptainer) throws IOException, InterruptedException;

    /** Checks whether a file is what the request says. */
    ImageCheckAnswer check(ImageCheckRequest request) throws IOException, InterruptedException;
}
