package io.jenkins.plugins.slurmapptainer.agent;

import java.io.IOException;
import jenkins.agents.ControllerToAgentCallable;

/**
 * An operation that runs on an agent and can check its own answer, because the controller trusts no agent.
 * {@link AgentConnection} makes only such calls and returns only checked answers.
 */
interface AgentCall<V> extends ControllerToAgentCallable<V, Exception> {
    /**
     * Checks the answer, on the controller.
     *
     * @param answer as it arrived, not {@code null}; every part of it may be wrong
     * @return the answer, its texts made safe to show
     * @throws IOException when it is no answer to this question; a {@code RuntimeException} means the same
     */
    V checked(V answer) throws IOException;
}
