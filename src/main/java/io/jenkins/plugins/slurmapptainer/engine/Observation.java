package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param news of the jobs that have any
 * @param queue all rows of {@code squeue}; {@code null} when it was not asked or did not answer
 * @param queueError why it did not answer, empty if it did or was not asked
 */
public record Observation(ArrayList<JobNews> news, @CheckForNull ArrayList<QueueEntry> queue, String queueError)
        implements Serializable {}
