package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.Serializable;

/**
 * @param directory a directory that was staged
 * @param script the batch script; empty to take up an earlier call, with the script that it wrote
 */
public record SubmitRequest(JobDirectory directory, String script) implements Serializable {}
