package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;

/**
 * @param directory absolute path, created if it is not there
 * @param alone whether nothing else is to be in the directory, before and after a failure
 * @param files number of files to come
 * @param bytes their total size
 */
public record ReceiveRequest(String directory, boolean alone, int files, long bytes) implements Serializable {}
