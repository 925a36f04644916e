package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.engine.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.engine.CancelRequest;
import io.jenkins.plugins.slurmapptainer.engine.CollectRequest;
import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.HeadNode;
import io.jenkins.plugins.slurmapptainer.engine.HeadNodes;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobRun;
import io.jenkins.plugins.slurmapptainer.engine.Observation;
import io.jenkins.plugins.slurmapptainer.engine.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.engine.StageAnswer;
import io.jenkins.plugins.slurmapptainer.engine.StageRequest;
import io.jenkins.plugins.slurmapptainer.engine.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.engine.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.engine.local.LocalHeadNode;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicLong;

/** The controller from one start to the next: an engine, and the way to the head node, which counts the calls. */
final class Life implements HeadNode {
    private final HeadNode node = new LocalHeadNode();
    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(25);
    private final Engine engine = new Engine(threads, EngineSettings.DEFAULTS);
    private final AtomicLong observations;
    private final AtomicLong queries;
    private volatile boolean over;

    Life(AtomicLong observations, AtomicLong queries) {
        this.observations = observations;
        this.queries = queries;
    }

    /** Begins, or carries on, with what is saved of the job. */
    void take(SoakJob job, JobRecord record) {
        SoakHost host = new SoakHost(job, this);
        HeadNodes nodes = preferred -> {
            if (over) {
                throw new IOException("the controller is gone");
            }
            return new HeadNodes.Found("here", this);
        };
        JobRun run = engine.job(record, host, nodes);
        host.run(run);
        job.host(host);
        run.begin();
    }

    boolean isOver() {
        return over;
    }

    /** A crash: nothing more is told or saved. Commands that run are interrupted or go on, as with a lost agent. */
    void crash() {
        over = true;
        threads.shutdownNow();
    }

    @Override
    public Observation observe(ObserveRequest request) throws IOException, InterruptedException {
        observations.incrementAndGet();
        if (request.askQueue()) {
            queries.incrementAndGet();
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
    public void collect(CollectRequest request) throws IOException, InterruptedException {
        node.collect(request);
    }
}
