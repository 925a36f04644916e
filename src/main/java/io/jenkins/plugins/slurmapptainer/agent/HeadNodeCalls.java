package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodeCheckRequest;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SweepRequest;
import io.jenkins.plugins.slurmapptainer.headnode.local.DirectorySweep;
import io.jenkins.plugins.slurmapptainer.headnode.local.HeadNodeCheck;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/** The operations of a head node as calls. Each call holds its request and runs on the agent. */
final class HeadNodeCalls {
    private HeadNodeCalls() {}

    /** @param progress takes lines back to the controller */
    record Stage(StageRequest request, RemoteOutputStream progress) implements AgentCall<StageAnswer> {
        @Override
        public StageAnswer call() throws Exception {
            PrintStream lines = new PrintStream(progress, true, StandardCharsets.UTF_8);
            return new LocalHeadNode().stage(request, lines::println);
        }

        @Override
        public StageAnswer checked(StageAnswer answer) throws IOException {
            return AgentAnswers.checked(request, answer);
        }
    }

    record Submit(SlurmAccess access, SubmitRequest request) implements AgentCall<SubmitAnswer> {
        @Override
        public SubmitAnswer call() throws Exception {
            return new LocalHeadNode(access).submit(request);
        }

        @Override
        public SubmitAnswer checked(SubmitAnswer answer) throws IOException {
            return AgentAnswers.checked(answer);
        }
    }

    record Observe(SlurmAccess access, ObserveRequest request) implements AgentCall<Observation> {
        @Override
        public Observation call() throws Exception {
            return new LocalHeadNode(access).observe(request);
        }

        @Override
        public Observation checked(Observation answer) throws IOException {
            return AgentAnswers.checked(request, answer);
        }
    }

    record Check(SlurmAccess access, HeadNodeCheckRequest request) implements AgentCall<ArrayList<Finding>> {
        @Override
        public ArrayList<Finding> call() throws Exception {
            return HeadNodeCheck.run(access, request);
        }

        @Override
        public ArrayList<Finding> checked(ArrayList<Finding> answer) throws IOException {
            return AgentAnswers.findings(answer);
        }
    }

    record Sweep(SlurmAccess access, SweepRequest request) implements AgentCall<SweepAnswer> {
        @Override
        public SweepAnswer call() throws Exception {
            return DirectorySweep.run(access, request);
        }

        @Override
        public SweepAnswer checked(SweepAnswer answer) throws IOException {
            return AgentAnswers.checked(answer);
        }
    }

    record Cancel(SlurmAccess access, CancelRequest request) implements AgentCall<CancelAnswer> {
        @Override
        public CancelAnswer call() throws Exception {
            return new LocalHeadNode(access).cancel(request);
        }

        @Override
        public CancelAnswer checked(CancelAnswer answer) throws IOException {
            return AgentAnswers.checked(answer);
        }
    }

    record Collect(CollectRequest request) implements AgentCall<CollectAnswer> {
        @Override
        public CollectAnswer call() throws Exception {
            return new LocalHeadNode().collect(request);
        }

        @Override
        public CollectAnswer checked(CollectAnswer answer) throws IOException {
            return AgentAnswers.checked(request, answer);
        }
    }

    record Returned(JobDirectory directory) implements AgentCall<byte[]> {
        @Override
        public byte[] call() throws Exception {
            return new LocalHeadNode().returnedOutput(directory);
        }

        @Override
        public byte[] checked(byte[] answer) throws IOException {
            return AgentAnswers.output(answer);
        }
    }
}
