package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;
import java.util.ArrayList;

/**
 * @param root the directory of the controller's jobs
 * @param watches the jobs
 * @param askQueue whether to ask {@code squeue} now; the answer then comes at once
 * @param waitMillis how long to wait for news
 */
public record ObserveRequest(String root, ArrayList<Watch> watches, boolean askQueue, long waitMillis)
        implements Serializable {}
