package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What a scan has seen.
 *
 * @param images all image files, the unchanged ones too
 * @param skipped what was left out, and why; not more than the request's limit
 * @param skippedCount how much was left out, named or not
 * @param unread directories and files that exist and could not be read: nothing is known about them and what lies below
 */
public record ScanAnswer(
        ArrayList<FoundImage> images, ArrayList<SkippedFile> skipped, int skippedCount, ArrayList<String> unread)
        implements Serializable {}
