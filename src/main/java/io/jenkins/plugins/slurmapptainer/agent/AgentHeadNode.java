package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.slurmapptainer.headnode.ArchiveSource;
import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.function.Consumer;

/** A head node that is reached through an agent. */
final class AgentHeadNode implements HeadNode {
    /** Files may be large. */
    private static final Duration STAGING = Duration.ofHours(6);
    /** Longer than everything together that the agent tries within these calls. */
    private static final Duration SUBMISSION = Duration.ofMinutes(10);

    private static final Duration USUAL = Duration.ofMinutes(3);

    private final AgentConnection agent;
    private final SlurmAccess access;

    AgentHeadNode(AgentConnection agent, SlurmAccess access) {
        this.agent = agent;
        this.access = access;
    }

    @Override
    public StageAnswer stage(StageRequest request) throws IOException, InterruptedException {
        return stage(request, line -> {});
    }

    @Override
    public StageAnswer stage(StageRequest request, Consumer<String> progress) throws IOException, InterruptedException {
        RemoteOutputStream stream = new RemoteOutputStream(new ProgressLines(progress));
        Duration limit = request.patterns().isEmpty() ? USUAL : STAGING;
        return agent.call(new HeadNodeCalls.Stage(request, stream), limit);
    }

    @Override
    public ReceiveAnswer receive(ReceiveRequest request, ArchiveSource files) throws IOException, InterruptedException {
        return new ArchivePipes(agent).receive(request, files);
    }

    @Override
    public ArrayList<String> send(SendRequest request, OutputStream to) throws IOException, InterruptedException {
        return new ArchivePipes(agent).send(request, to);
    }

    @Override
    public SubmitAnswer submit(SubmitRequest request) throws IOException, InterruptedException {
        return agent.call(new HeadNodeCalls.Submit(access, request), SUBMISSION);
    }

    @Override
    public Observation observe(ObserveRequest request) throws IOException, InterruptedException {
        Duration limit = USUAL.plusMillis(request.waitMillis());
        return agent.call(new HeadNodeCalls.Observe(access, request), limit);
    }

    @Override
    public CancelAnswer cancel(CancelRequest request) throws IOException, InterruptedException {
        return agent.call(new HeadNodeCalls.Cancel(access, request), USUAL);
    }

    @Override
    public byte[] returnedOutput(JobDirectory directory) throws IOException, InterruptedException {
        return agent.call(new HeadNodeCalls.Returned(directory), STAGING);
    }

    @Override
    public CollectAnswer collect(CollectRequest request) throws IOException, InterruptedException {
        return agent.call(new HeadNodeCalls.Collect(request), request.outputs().isEmpty() ? USUAL : STAGING);
    }
}
