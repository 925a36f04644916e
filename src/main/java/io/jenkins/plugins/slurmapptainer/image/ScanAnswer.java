package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * The result of a scan.
 *
 * @param images all image files, including unchanged ones
 * @param skipped files that were left out, and why; up to the request's limit
 * @param skippedCount how many files were left out, whether named or not
 * @param unread directories and files that exist but could not be read; nothing is known about them and everything
 *     below them
 */
public record ScanAnswer(
        ArrayList<FoundImage> images, ArrayList<SkippedFile> skipped, int skippedCount, ArrayList<String> unread)
        implements Serializable {}
