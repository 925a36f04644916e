package io.jenkins.plugins.slurmapptainer.pipeline;

import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Recognizes that Pipeline ends a {@code node} block because its agent was deleted some minutes ago. A step that only
 * waits for a job on the cluster need not end then.
 */
final class RemovedAgent {
    /** By name, because nothing else needs the plugin with this class. */
    private static final String CAUSE =
            "org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$RemovedNodeCause";

    private RemovedAgent() {}

    /** Whether the removed agent is the only reason for stopping the step. */
    static boolean isCauseOf(Throwable stop) {
        if (!(stop instanceof FlowInterruptedException)) {
            return false;
        }
        List<CauseOfInterruption> causes = ((FlowInterruptedException) stop).getCauses();
        return !causes.isEmpty()
                && causes.stream().allMatch(cause -> cause.getClass().getName().equals(CAUSE));
    }
}
