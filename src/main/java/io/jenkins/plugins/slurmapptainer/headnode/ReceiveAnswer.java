package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param files names of those that have arrived
 * @param bytes their total size
 * @param problems what is wrong with the others, one sentence each
 */
public record ReceiveAnswer(ArrayList<String> files, long bytes, ArrayList<String> problems) implements Serializable {}
