package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.slurmapptainer.engine.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.engine.CancelRequest;
import io.jenkins.plugins.slurmapptainer.engine.CheckRequest;
import io.jenkins.plugins.slurmapptainer.engine.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.engine.CollectRequest;
import io.jenkins.plugins.slurmapptainer.engine.Finding;
import io.jenkins.plugins.slurmapptainer.engine.Observation;
import io.jenkins.plugins.slurmapptainer.engine.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.engine.StageAnswer;
import io.jenkins.plugins.slurmapptainer.engine.StageRequest;
import io.jenkins.plugins.slurmapptainer.engine.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.engine.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.engine.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.engine.SweepRequest;
import io.jenkins.plugins.slurmapptainer.engine.local.DirectorySweep;
import io.jenkins.plugins.slurmapptainer.engine.local.HeadNodeCheck;
import io.jenkins.plugins.slurmapptainer.engine.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import jenkins.agents.ControllerToAgentCallable;

/** The operations of a head node as they travel: each is its request, and runs on the agent. */
final class HeadNodeCalls {
    private HeadNodeCalls() {}

    /** @param progress takes lines back to the controller */
    record Stage(StageRequest request, RemoteOutputStream progress)
            implements ControllerToAgentCallable<StageAnswer, Exception> {
        @Override
        public StageAnswer call() throws Exception {
            PrintStream lines = new PrintStream(progress, true, StandardCharsets.UTF_8);
            return new LocalHeadNode().stage(request, lines::println);
        }
    }

    record Submit(SlurmAccess access, SubmitRequest request)
            implements ControllerToAgentCallable<SubmitAnswer, Exception> {
        @Override
        public SubmitAnswer call() throws Exception {
            return new LocalHeadNode(access).submit(request);
        }
    }

    record Observe(SlurmAccess access, ObserveRequest request)
            implements ControllerToAgentCallable<Observation, Exception> {
        @Override
        public Observation call() throws Exception {
            return new LocalHeadNode(access).observe(request);
        }
    }

    record Check(SlurmAccess access, CheckRequest request)
            implements ControllerToAgentCallable<ArrayList<Finding>, Exception> {
        @Override
        public ArrayList<Finding> call() throws Exception {
            return HeadNodeCheck.run(access, request);
        }
    }

    record Sweep(SlurmAccess access, SweepRequest request)
            implements ControllerToAgentCallable<SweepAnswer, Exception> {
        @Override
        public SweepAnswer call() throws Exception {
            return DirectorySweep.run(access, request);
        }
    }

    record Cancel(SlurmAccess access, CancelRequest request)
            implements ControllerToAgentCallable<CancelAnswer, Exception> {
        @Override
        public CancelAnswer call() throws Exception {
            return new LocalHeadNode(access).cancel(request);
        }
    }

    record Collect(CollectRequest request) implements ControllerToAgentCallable<CollectAnswer, Exception> {
        @Override
        public CollectAnswer call() throws Exception {
            return new LocalHeadNode().collect(request);
        }
    }

    record Returned(JobDirectory directory) implements ControllerToAgentCallable<byte[], Exception> {
        @Override
        public byte[] call() throws Exception {
            return new LocalHeadNode().returnedOutput(directory);
        }
    }
}
