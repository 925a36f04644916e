package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * A file or directory that a scan left out.
 *
 * @param path absolute
 * @param reason one line for an administrator
 */
public record SkippedFile(String path, String reason) implements Serializable {}
