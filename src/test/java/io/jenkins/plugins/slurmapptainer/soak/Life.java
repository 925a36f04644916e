package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.EngineThreads;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import java.io.IOException;
import java.util.concurrent.Executors;

/** The controller from one start to the next: an engine, and the way to the head node. */
final class Life {
    private final HeadNode node;
    private final EngineThreads threads = new EngineThreads(Executors.defaultThreadFactory());
    private final Engine engine = new Engine(threads, EngineSettings.DEFAULTS);
    private volatile boolean over;

    Life(HeadNode node) {
        this.node = node;
    }

    /** Begins, or carries on, with what is saved of the job. */
    void take(SoakJob job, JobRecord record) {
        SoakClient host = new SoakClient(job, this);
        HeadNodes nodes = preferred -> {
            if (over) {
                throw new IOException("the controller is gone");
            }
            return new HeadNodes.Found("here", node);
        };
        JobLifecycle run = engine.job(record, host, nodes);
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
        threads.close();
    }
}
