package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * What has arrived.
 *
 * @param files names of the files that have arrived
 * @param bytes their total size
 * @param problems what is wrong with the other files, one sentence each
 */
public record ReceiveAnswer(ArrayList<String> files, long bytes, ArrayList<String> problems) implements Serializable {}
