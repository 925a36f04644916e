package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The way to an agent. Every call has a time limit: an agent that hangs counts as one that does not answer.
 *
 * @param agent its name
 * @param channel the channel to it
 */
record AgentConnection(String agent, VirtualChannel channel) {
    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(20);

    /**
     * Runs an operation on the agent and waits for the answer.
     *
     * @return the checked answer
     * @throws IOException when the agent did not answer, answered something else, or could not carry it out
     * @throws RuntimeException as the operation threw it
     */
    <V> V call(AgentCall<V> operation, Duration limit) throws IOException, InterruptedException {
        return call(operation, limit, () -> {});
    }

    /** What the controller does while an operation runs. */
    interface Meanwhile {
        void run() throws IOException, InterruptedException;
    }

    /**
     * The same, while the controller does something itself. If both fail, the operation's failure is thrown, because it
     * caused the other.
     */
    <V> V call(AgentCall<V> operation, Duration limit, Meanwhile meanwhile) throws IOException, InterruptedException {
        Future<V> answer = channel.callAsync(operation);
        IOException trouble = null;
        try {
            try {
                meanwhile.run();
            } catch (IOException e) {
                trouble = e;
            }
            V result = answer.get((trouble == null ? limit : AFTER_TROUBLE).toMillis(), TimeUnit.MILLISECONDS);
            if (trouble != null) {
                throw trouble;
            }
            return checked(operation, result);
        } catch (TimeoutException e) {
            throw trouble == null ? silent(limit, e) : trouble;
        } catch (ExecutionException e) {
            throw failed(e.getCause());
        } finally {
            answer.cancel(true);
        }
    }

    private <V> V checked(AgentCall<V> operation, V answer) throws IOException {
        try {
            if (answer != null) {
                return operation.checked(answer);
            }
        } catch (RuntimeException e) {
            throw new IOException("agent " + agent + " answered with something that is no answer", e);
        }
        throw new IOException("agent " + agent + " answered with nothing");
    }

    private IOException silent(Duration limit, TimeoutException cause) {
        return new IOException("agent " + agent + " did not answer in " + limit.toSeconds() + " s", cause);
    }

    private IOException failed(Throwable cause) {
        // The connection broke. Nobody knows whether the operation was carried out.
        boolean unanswered = cause instanceof RequestAbortedException;
        if (cause instanceof RuntimeException bad && !unanswered) {
            throw bad;
        }
        return new IOException("agent " + agent + ": " + cause.getMessage(), cause);
    }
}
