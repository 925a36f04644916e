package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * Size and time of a file. They show whether the file has changed, without reading it.
 *
 * @param size bytes
 * @param modified milliseconds since 1970
 */
public record FileStamp(long size, long modified) implements Serializable {}
