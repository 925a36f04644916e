package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Computer;
import hudson.model.Result;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.Gates;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Agents that come and go while the step waits for its job: none of them is needed for that. */
@Tag("cluster")
@SharedJenkins
class AgentsJenkinsTest {
    private static final File PROJECT = new File("").getAbsoluteFile();
    private static final String OTHER = "other-head-node";

    private JenkinsRule j;
    private ClusterJenkins jenkins;
    private ClusterAgent cluster;
    private Gates gates;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
        cluster = jenkins.cluster();
        gates = new Gates(PROJECT);
    }

    /** Prints numbered lines until {@link #release}. */
    private String lines() {
        return "'i=0; until [ -e " + gates.file("release") + " ]; do i=$((i+1)); echo line $i; sleep 0.2; done; "
                + "echo $i lines'";
    }

    private void release() throws Exception {
        Files.createFile(gates.file("release"));
    }

    private void assertComplete(WorkflowRun run) throws Exception {
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        List<String> lines = JenkinsRule.getLog(run)
                .lines()
                .filter(line -> line.matches("line \\d+"))
                .toList();
        assertEquals(
                IntStream.rangeClosed(1, lines.size())
                        .mapToObj(i -> "line " + i)
                        .toList(),
                lines);
        j.assertLogContains(lines.size() + " lines", run);
    }

    private void disconnect(String agent) throws Exception {
        Computer computer = j.jenkins.getComputer(agent);
        computer.disconnect(new OfflineCause.ByCLI("test")).get();
        Waits.within(Duration.ofMinutes(2)).until(computer::isOffline);
    }

    /**
     * Longer than the {@code sh} step bears: the {@code node} block is told to end, which in tests comes after 15 seconds.
     * Another agent with the label, under another name, takes over.
     */
    @Test
    void anAgentThatIsDeletedIsReplacedByAnotherOne() throws Exception {
        WorkflowRun inside = jenkins.start("node('slurm') { writeFile file: 'data.txt', text: 'data'\n"
                + "slurmApptainer files: 'data.txt', script: " + lines() + " }");
        WorkflowRun outside = jenkins.start("slurmApptainer " + lines());
        j.waitForMessage("line 5\n", inside);
        j.waitForMessage("line 5\n", outside);
        j.jenkins.removeNode(j.jenkins.getNode(ClusterAgent.NAME));
        j.waitForMessage("The job does not need the agent that was removed, and goes on", inside);
        assertThat(JenkinsRule.getLog(outside), containsString("No answer about job"));
        cluster.attach(j.jenkins, OTHER, ClusterAgent.LABEL, "");
        j.waitForMessage("can be asked about again", inside);
        release();
        assertComplete(inside);
        assertComplete(outside);
    }

    @Test
    void oneOfSeveralHeadNodesIsEnough() throws Exception {
        cluster.attach(j.jenkins, OTHER, ClusterAgent.LABEL, "");
        WorkflowRun run = jenkins.start("slurmApptainer " + lines());
        j.waitForMessage("line 5\n", run);
        disconnect(ClusterAgent.NAME);
        long soFar = JenkinsRule.getLog(run).lines().count();
        j.waitForMessage("line " + (soFar + 10) + "\n", run);
        disconnect(OTHER);
        j.waitForMessage("No answer about job", run);
        j.jenkins.getComputer(ClusterAgent.NAME).connect(false);
        ClusterAgent.waitOnline(j.jenkins);
        release();
        assertComplete(run);
    }

    @Test
    void anEndWhileTheAgentIsAwayIsReportedCorrectly() throws Exception {
        WorkflowRun run = jenkins.start("echo 'got ' + slurmApptainer(returnStatus: true, script: 'echo one; "
                + "until [ -e " + gates.file("release") + " ]; do sleep 0.2; done; echo two; exit 7')");
        j.waitForMessage("one\n", run);
        disconnect(ClusterAgent.NAME);
        release();
        Waits.within(Duration.ofMinutes(2), Duration.ofMillis(200))
                .until(() -> jenkins.state(run).equals("FAILED"));
        assertTrue(run.isBuilding());
        j.jenkins.getComputer(ClusterAgent.NAME).connect(false);
        j.assertBuildStatusSuccess(j.waitForCompletion(run));
        j.assertLogContains("got 7", run);
        assertEquals(1, JenkinsRule.getLog(run).lines().filter("two"::equals).count());
    }

    /** The build ends soon, the job when the agent is back. */
    @Test
    void anAbortDoesNotWaitForAnAgentThatIsAway() throws Exception {
        WorkflowRun run = jenkins.start("slurmApptainer 'echo started; sleep 600'");
        j.waitForMessage("started\n", run);
        disconnect(ClusterAgent.NAME);
        long asked = System.nanoTime();
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        long seconds = (System.nanoTime() - asked) / 1_000_000_000;
        assertTrue(seconds < 200, "the build ended after " + seconds + " s");
        j.assertLogContains("it is cancelled as soon as one can", run);
        assertEquals("RUNNING", jenkins.state(run));
        j.jenkins.getComputer(ClusterAgent.NAME).connect(false);
        jenkins.untilCancelled(run);
    }

    @Test
    void anAbortBeforeAnythingWasSubmittedEndsTheBuildSoon() throws Exception {
        disconnect(ClusterAgent.NAME);
        WorkflowRun run = jenkins.start("slurmApptainer 'true'");
        j.waitForMessage("Cannot submit now, will try again", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        j.assertLogNotContains("Submitted batch job", run);
    }

    @Test
    void aSecondAbortDoesNotWaitForTheEndOfTheJob() throws Exception {
        cluster.attach(j.jenkins, ClusterAgent.NAME, ClusterAgent.LABEL, gates.bin());
        gates.close("scancel", Gates.Where.BEFORE, "twice");
        WorkflowRun run = jenkins.start("slurmApptainer jobName: 'twice', script: 'echo started; sleep 600'");
        j.waitForMessage("started\n", run);
        run.getExecutor().interrupt();
        j.waitForMessage("Stopping the job", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        assertThat(jenkins.state(run), not(containsString("CANCELLED")));
        gates.open("scancel", Gates.Where.BEFORE, "twice");
        jenkins.untilCancelled(run);
    }
}
