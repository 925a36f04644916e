package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Job arrays in a real controller on a real cluster. */
@Tag("cluster")
@SharedJenkins
class ArraysJenkinsTest {
    /** Task 2 fails. */
    private static final String SCRIPT =
            "script: 'echo hello from $SLURM_ARRAY_TASK_ID; [ $SLURM_ARRAY_TASK_ID != 2 ] || exit 3'";

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private static String artifacts(Run<?, ?> run) {
        return run.getArtifacts().stream()
                .map(artifact -> artifact.relativePath)
                .sorted()
                .collect(Collectors.joining(" "));
    }

    private static String artifact(Run<?, ?> run, String name) throws Exception {
        try (var in = run.getArtifactManager().root().child(name).open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void eachTaskHasAResultOutputAndARowOfThePage() throws Exception {
        WorkflowRun run = j.buildAndAssertSuccess(
                jenkins.job("def job = slurmApptainer(array: '0-3%2', propagate: false, " + SCRIPT + ")\n"
                        + "echo \"job $job.state $job.exitCode failed $job.failedTasks\"\n"
                        + "for (t in job.tasks) { echo \"task $t.index $t.state $t.exitCode on $t.nodes $t.restarts\" }\n"
                        + "echo \"ids ${job.tasks*.id == (0..3).collect { job.id + '_' + it }}\""));
        String log = JenkinsRule.getLog(run);
        for (int task = 0; task < 4; task++) {
            assertThat(log, containsString("\n[" + task + "] hello from " + task + "\n"));
        }
        assertThat(log, containsString("\njob FAILURE 3 failed 2\n"));
        assertThat(log, matchesPattern("(?s).*\ntask 1 COMPLETED 0 on n\\d 0\n.*"));
        assertThat(log, matchesPattern("(?s).*\ntask 2 FAILURE 3 on n\\d 0\n.*"));
        assertThat(log, containsString("\nids true\n"));

        JobRecord job = ClusterJenkins.jobs(run).get(0);
        String url = run.getUrl() + "slurm-jobs/job/" + job.token() + "/";
        String page = j.createWebClient().goTo(url).asNormalizedText();
        assertThat(page, containsString("3 of 4 tasks completed, 1 failed"));
        String rows = page.replaceAll("\\s+", " ");
        assertThat(
                rows,
                matchesPattern(
                        ".*Restarts 2 failure Job \\d+_2 failed with exit code 3 on n\\d 3 n\\d [0-9:]+ 0 0 completed 0 .*"));
        String list = j.createWebClient().goTo(run.getUrl() + "slurm-jobs/").asNormalizedText();
        assertThat(list, containsString("3 of 4 tasks completed, 1 failed"));
        JSONArray tasks = j.getJSON(url + "api/json").getJSONObject().getJSONArray("tasks");
        assertEquals(4, tasks.size());
        JSONObject failed = tasks.getJSONObject(2);
        assertEquals(2, failed.getInt("index"));
        assertEquals(job.jobId() + "_2", failed.getString("id"));
        assertEquals("failure", failed.getString("state"));
        assertEquals(3, failed.getInt("exitCode"));
    }

    @Test
    void aFailedTaskFailsTheStepAndItsCodeIsReturned() throws Exception {
        String log = jenkins.log(
                Result.FAILURE,
                "echo \"code ${slurmApptainer(array: '1-3', returnStatus: true, " + SCRIPT + ")}\"\n"
                        + "slurmApptainer array: '1-3', " + SCRIPT);
        assertThat(log, containsString("\ncode 3\n"));
        assertThat(
                log, matchesPattern("(?s).*ERROR: Job \\d+ failed with exit code 3 \\(1 of 3 tasks [^\n]*\\b2\\b.*"));
        assertThat(log, not(containsString("\tat ")));
    }

    @Test
    void aLaterStepWaitsForAnArrayOrATask() throws Exception {
        String log = jenkins.log(
                Result.FAILURE,
                "def job = slurmApptainer(array: '1-3', propagate: false, " + SCRIPT + ")\n"
                        + "slurmApptainer dependency: [afternotok: job], script: 'echo after the array'\n"
                        + "slurmApptainer dependency: [afterok: job.tasks[0].id], script: 'echo after a task'\n"
                        + "slurmApptainer array: job.failedTasks, script: 'echo failed: $SLURM_ARRAY_TASK_ID'\n"
                        + "slurmApptainer dependency: [afterok: job], script: 'echo never'");
        assertThat(log, containsString("\nafter the array\n"));
        assertThat(log, containsString("\nafter a task\n"));
        assertThat(log, containsString("\n[2] failed: 2\n"));
        assertThat(log, not(containsString("\nnever\n")));
        assertThat(log, containsString("can never be satisfied: Job "));
    }

    @Test
    void outputBecomesFilesWhichAreArchivedWithTheOutputs() throws Exception {
        WorkflowRun run = jenkins.run(
                Result.FAILURE,
                "node('" + ClusterAgent.LABEL + "') {\n"
                        + "  slurmApptainer array: '1-3', taskOutput: 'files', outputs: 'out-*', archive: true,\n"
                        + "    script: 'echo hello from $SLURM_ARRAY_TASK_ID | tee out-$SLURM_ARRAY_TASK_ID;"
                        + " [ $SLURM_ARRAY_TASK_ID != 2 ] || exit 3'\n}");
        assertThat(JenkinsRule.getLog(run), not(containsString("] hello from")));
        assertThat(JenkinsRule.getLog(run), containsString("Outputs in the workspace: 6 files"));
        String id = ClusterJenkins.jobs(run).get(0).jobId();
        assertEquals(
                "out-1 out-2 out-3 slurm-" + id + "_1.out slurm-" + id + "_2.out slurm-" + id + "_3.out",
                artifacts(run));
        assertThat(artifact(run, "slurm-" + id + "_2.out"), containsString("hello from 2\n"));
    }

    @Test
    void outputBecomesFilesOnAnotherAgent() throws Exception {
        jenkins.cluster().attach(j.jenkins, "elsewhere", "other", "");
        WorkflowRun run = j.buildAndAssertSuccess(jenkins.job("node('other') {\n"
                + "  def job = slurmApptainer(array: '8,9', taskOutput: 'files', outputs: 'out-*', archive: true,\n"
                + "    script: 'echo task $SLURM_ARRAY_TASK_ID; echo x >out-$SLURM_ARRAY_TASK_ID')\n"
                + "  echo readFile(\"slurm-${job.id}_9.out\")\n}"));
        assertThat(JenkinsRule.getLog(run), containsString("\ntask 9\n"));
        String id = ClusterJenkins.jobs(run).get(0).jobId();
        assertEquals("out-8 out-9 slurm-" + id + "_8.out slurm-" + id + "_9.out", artifacts(run));
    }

    /** The marker of a task's first try is a file elsewhere: each try has a directory of its own. */
    @Test
    void failedTasksAreTriedAgain() throws Exception {
        WorkflowRun run =
                j.buildAndAssertSuccess(jenkins.job("def job = slurmApptainer(array: '0-5%4', taskRetries: 2, "
                        + "env: ['BUILD_TAG'], script: '''\n"
                        + "  marker=/tmp/array-$BUILD_TAG-$SLURM_ARRAY_TASK_ID\n"
                        + "  echo try of $SLURM_ARRAY_TASK_ID\n"
                        + "  case $SLURM_ARRAY_TASK_ID in 1|4) rm $marker 2>/dev/null || { touch $marker; exit 5; };; esac''')\n"
                        + "echo \"job $job.id $job.state failed '$job.failedTasks'\"\n"
                        + "echo \"tasks ${job.tasks*.id.join(' ')}\""));
        String log = JenkinsRule.getLog(run);
        List<JobRecord> jobs = ClusterJenkins.jobs(run);
        assertEquals(2, jobs.size());
        String first = jobs.get(0).jobId();
        String second = jobs.get(1).jobId();
        assertThat(
                log,
                containsString(
                        "[Slurm] Submitting the 2 failed tasks of job " + first + " again: 1,4 (retry 1 of 2)\n"));
        assertThat(jobs.get(1).description().asked(), containsString("--array=1,4%4"));
        assertThat(log, containsString("\njob " + second + " COMPLETED failed ''\n"));
        assertThat(
                log,
                containsString("\ntasks " + first + "_0 " + second + "_1 " + first + "_2 " + first + "_3 " + second
                        + "_4 " + first + "_5\n"));
        assertEquals(8, log.split("\\] try of", -1).length - 1);
    }

    @Test
    void aRetryNeedNotLeaveTheOutputsOfTheFirstTry() throws Exception {
        String log = jenkins.log(
                Result.FAILURE,
                "node('" + ClusterAgent.LABEL + "') {\n"
                        + "  def script = '[ $SLURM_ARRAY_TASK_ID != 2 ] || [ $SLURM_ARRAY_TASK_COUNT = 1 ] || exit 5;"
                        + " echo x >out-$SLURM_ARRAY_TASK_ID'\n"
                        + "  slurmApptainer array: '1-3', taskRetries: 1, outputs: 'out-1, out-2, out-3', script: script\n"
                        + "  sh 'cat out-1 out-2 out-3'\n"
                        + "  echo 'all are there'\n"
                        + "  slurmApptainer array: '1-3', taskRetries: 1, outputs: 'out-*, sum.txt', script: script\n}");
        assertThat(log, containsString("\nall are there\n"));
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ completed, but not all of its outputs[^\n]*'sum.txt'.*"));
    }

    @Test
    void whatFailsInEveryTryFailsTheStep() throws Exception {
        WorkflowRun run = jenkins.run(Result.FAILURE, "slurmApptainer array: '1-3', taskRetries: 1, " + SCRIPT);
        String log = JenkinsRule.getLog(run);
        assertEquals(2, ClusterJenkins.jobs(run).size());
        assertThat(log, containsString(": 2 (retry 1 of 1)\n"));
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ failed with exit code 3.*"));
    }

    @Test
    void abortCancelsAllTasks() throws Exception {
        WorkflowRun run =
                jenkins.start("slurmApptainer array: '0-9%2', taskRetries: 3, script: 'echo begun; sleep 600'");
        j.waitForMessage("] begun", run);
        run.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
        assertEquals(1, ClusterJenkins.jobs(run).size());
        String id = ClusterJenkins.jobs(run).get(0).jobId();
        Waits.within(Duration.ofMinutes(2), Duration.ofMillis(200)).untilAsserted(() -> assertEquals("", queue(id)));
    }

    private String queue(String id) throws Exception {
        return jenkins.cluster()
                .command("squeue", "--noheader", "--jobs=" + id, "--states=PENDING,RUNNING,COMPLETING")
                .strip();
    }

    @Test
    void aDryRunSubmitsNothing() throws Exception {
        String log = jenkins.log(
                Result.SUCCESS,
                "def job = slurmApptainer(array: '0-3', taskRetries: 1, dryRun: true, script: 'true')\n"
                        + "echo \"$job.state ${job.tasks.size()} '$job.failedTasks'\"");
        assertThat(log, containsString("#SBATCH --array=0-3\n"));
        assertThat(log, containsString("\nCHECKED 0 ''\n"));
    }

    @Test
    void withoutPropagationAnOrdinaryJobFailsNoBuild() throws Exception {
        String log = jenkins.log(
                Result.SUCCESS,
                "def job = slurmApptainer(propagate: false, script: 'exit 7')\n"
                        + "def none = slurmApptainer(propagate: false, partition: 'nowhere', script: 'true')\n"
                        + "echo \"$job.state $job.exitCode, $none.state $none.exitCode\"");
        assertThat(log, containsString("\nFAILURE 7, SUBMIT_REJECTED -1\n"));
    }
}
