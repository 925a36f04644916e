package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RequestAbortedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slurmapptainer.engine.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.engine.CancelRequest;
import io.jenkins.plugins.slurmapptainer.engine.CollectRequest;
import io.jenkins.plugins.slurmapptainer.engine.HeadNode;
import io.jenkins.plugins.slurmapptainer.engine.Observation;
import io.jenkins.plugins.slurmapptainer.engine.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.engine.StageAnswer;
import io.jenkins.plugins.slurmapptainer.engine.StageRequest;
import io.jenkins.plugins.slurmapptainer.engine.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.engine.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import jenkins.agents.ControllerToAgentCallable;

/** A head node that is an agent. Every call is bounded: an agent that hangs is one that does not answer. */
final class AgentHeadNode implements HeadNode {
    private static final Duration STAGING = Duration.ofHours(6);
    /** Longer than anything that is tried within these calls on the agent. */
    private static final Duration SUBMISSION = Duration.ofMinutes(10);

    private static final Duration USUAL = Duration.ofMinutes(3);

    private final String agent;
    private final VirtualChannel channel;
    private final SlurmAccess access;

    AgentHeadNode(String agent, VirtualChannel channel, SlurmAccess access) {
        this.agent = agent;
        this.channel = channel;
        this.access = access;
    }

    @Override
    public StageAnswer stage(StageRequest request) throws IOException, InterruptedException {
        return call(new HeadNodeCalls.Stage(request), STAGING);
    }

    @Override
    public SubmitAnswer submit(SubmitRequest request) throws IOException, InterruptedException {
        return AgentAnswers.checked(call(new HeadNodeCalls.Submit(access, request), SUBMISSION));
    }

    @Override
    public Observation observe(ObserveRequest request) throws IOException, InterruptedException {
        Duration limit = USUAL.plusMillis(request.waitMillis());
        return AgentAnswers.checked(request, call(new HeadNodeCalls.Observe(access, request), limit));
    }

    @Override
    public CancelAnswer cancel(CancelRequest request) throws IOException, InterruptedException {
        return call(new HeadNodeCalls.Cancel(access, request), USUAL);
    }

    @Override
    public void collect(CollectRequest request) throws IOException, InterruptedException {
        call(new HeadNodeCalls.Collect(request), USUAL);
    }

    private <V> V call(ControllerToAgentCallable<V, Exception> operation, Duration limit)
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
