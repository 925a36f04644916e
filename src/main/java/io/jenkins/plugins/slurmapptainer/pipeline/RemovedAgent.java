package io.jenkins.plugins.slurmapptainer.pipeline;

import java.util.List;
import jenkins.model.CauseOfInterruption;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * Tells when Pipeline ends a {@code node} block because its agent was deleted, some minutes ago. What only waits for a
 * job on the cluster is no reason to end that.
 */
final class RemovedAgent {
    /** By name: the plugin that has it is not needed otherwise. */
    private static final String CAUSE =
            "org.jenkinsci.plugins.workflow.support.steps.ExecutorStepExecution$RemovedNodeCause";

    private RemovedAgent() {}

    /** Whether this and nothing else is why a step is stopped. */
    static boolean isCauseOf(Throwable stop) {
        if (!(stop instanceof FlowInterruptedException)) {
            return false;
        }
        List<CauseOfInterruption> causes = ((FlowInterruptedException) stop).getCauses();
        return !causes.isEmpty()
                && causes.stream().allMatch(cause -> cause.getClass().getName().equals(CAUSE));
    }
}
