package io.jenkins.plugins.slurmapptainer.realcluster;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** The head node of this machine; counts what it is asked. */
public final class CountingHeadNode implements HeadNode {
    private final HeadNode node = new LocalHeadNode();
    private final AtomicInteger squeue = new AtomicInteger();
    private final AtomicInteger observe = new AtomicInteger();

    public int squeueCalls() {
        return squeue.get();
    }

    public int observeCalls() {
        return observe.get();
    }

    @Override
    public Observation observe(ObserveRequest request) throws IOException, InterruptedException {
        observe.incrementAndGet();
        if (request.askQueue()) {
            squeue.incrementAndGet();
        }
        return node.observe(request);
    }

    @Override
    public StageAnswer stage(StageRequest request) throws IOException, InterruptedException {
        return node.stage(request);
    }

    @Override
    public SubmitAnswer submit(SubmitRequest request) throws IOException, InterruptedException {
        return node.submit(request);
    }

    @Override
    public CancelAnswer cancel(CancelRequest request) throws IOException, InterruptedException {
        return node.cancel(request);
    }

    @Override
    public byte[] returnedOutput(JobDirectory directory) throws IOException, InterruptedException {
        return node.returnedOutput(directory);
    }

    @Override
    public CollectAnswer collect(CollectRequest request) throws IOException, InterruptedException {
        return node.collect(request);
    }
}
