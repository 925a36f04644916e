package io.jenkins.plugins.slurmapptainer.image;

import java.io.Serializable;

/**
 * By which a changed file is told from an unchanged one without reading it.
 *
 * @param size bytes
 * @param modified milliseconds since 1970
 */
public record FileStamp(long size, long modified) implements Serializable {}
