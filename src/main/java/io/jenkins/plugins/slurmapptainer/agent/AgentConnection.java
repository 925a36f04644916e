package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.agents.ControllerToAgentCallable;

/**
 * The way to an agent. Every call is bounded: an agent that hangs is one that does not answer.
 *
 * @param agent its name
 * @param channel to it
 */
record AgentConnection(String agent, VirtualChannel channel) {
    /**
     * Has an operation run on the agent.
     *
     * @throws IOException when the agent did not answer, or could not carry it out
     * @throws RuntimeException as the operation threw it
     */
    <V> V call(ControllerToAgentCallable<V, Exception> operation, Duration limit)
            throws IOException, InterruptedException {
        Future<V> answer = channel.callAsync(operation);
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            // The connection broke: whether the operation was carried out is not known.
            boolean unanswered = e.getCause() instanceof RequestAbortedException;
            if (e.getCause() instanceof RuntimeException && !unanswered) {
                throw (RuntimeException) e.getCause();
            }
            throw new IOException("agent " + agent + ": " + e.getCause().getMessage(), e.getCause());
        } catch (TimeoutException e) {
            throw new IOException("agent " + agent + " did not answer in " + limit.toSeconds() + " s", e);
        } finally {
            answer.cancel(true);
        }
    }
}
