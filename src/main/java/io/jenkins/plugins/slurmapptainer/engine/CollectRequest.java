package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * @param directory of the ended job
 * @param keep whether the directory stays for whoever looks for the cause of a failure
 */
public record CollectRequest(JobDirectory directory, boolean keep) implements Serializable {}
