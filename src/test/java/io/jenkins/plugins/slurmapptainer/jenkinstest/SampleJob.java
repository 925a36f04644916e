package io.jenkins.plugins.slurmapptainer.jenkinstest;

import hudson.FilePath;
import hudson.model.Node;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;

/** The job of {@code docs/examples}. */
public final class SampleJob {
    private final Path examples;

    public SampleJob(File project) {
        examples = project.toPath().resolve("docs/examples");
    }

    /** Makes a job with the sample's files in its workspace on the agent. */
    public WorkflowJob create(jenkins.model.Jenkins jenkins, String name) throws Exception {
        WorkflowJob job = jenkins.createProject(WorkflowJob.class, name);
        job.setDefinition(new CpsFlowDefinition(Files.readString(examples.resolve("Jenkinsfile")), true));
        files(jenkins.getNode(ClusterAgent.NAME), job);
        return job;
    }

    /** Puts the sample's files into the job's workspace on the agent. */
    public void files(Node node, WorkflowJob job) throws IOException, InterruptedException {
        FilePath workspace = node.getWorkspaceFor(job);
        for (String file : new String[] {"data.csv", "process.py"}) {
            workspace.child(file).write(Files.readString(examples.resolve(file)), "UTF-8");
        }
    }
}
