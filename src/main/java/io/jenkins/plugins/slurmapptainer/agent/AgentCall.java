package io.jenkins.plugins.slurmapptainer.agent;

import java.io.IOException;
import jenkins.agents.ControllerToAgentCallable;

/**
 * An operation that runs on an agent, and knows what may come back: the controller trusts no agent. {@link AgentConnection} makes no
 * others, and hands on only what was checked.
 */
interface AgentCall<V> extends ControllerToAgentCallable<V, Exception> {
    /**
     * Checks the answer, on the controller.
     *
     * @param answer as it arrived, not {@code null}; any part of it may be anything
     * @return the answer, its texts made fit to be shown
     * @throws IOException when it is none to this question; a {@code RuntimeException} means the same
     */
    V checked(V answer) throws IOException;
}
