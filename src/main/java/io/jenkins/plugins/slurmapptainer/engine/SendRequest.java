package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param directory absolute path
 * @param names files below it
 */
public record SendRequest(String directory, ArrayList<String> names) implements Serializable {}
