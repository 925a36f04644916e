package io.jenkins.plugins.slurmapptainer.freestyle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.matrix.AxisList;
import hudson.matrix.LabelAxis;
import hudson.matrix.MatrixBuild;
import hudson.matrix.MatrixProject;
import hudson.matrix.MatrixRun;
import hudson.matrix.TextAxis;
import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;

/** The build step in matrix jobs: each cell has its job of a real cluster. */
@Tag("cluster")
@SharedJenkins
class MatrixProjectJenkinsTest {
    private static final List<String> SIZES = List.of("1", "2", "3");

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private MatrixProject project(String script, Consumer<SlurmApptainerBuilder> more) throws Exception {
        SlurmApptainerBuilder builder = new SlurmApptainerBuilder(new SlurmApptainerStep(script));
        builder.getJob().setEnv(List.of("SIZE"));
        more.accept(builder);
        MatrixProject project = j.createProject(MatrixProject.class);
        project.setAxes(new AxisList(new TextAxis("SIZE", SIZES), new LabelAxis("where", List.of(ClusterAgent.LABEL))));
        project.getBuildersList().add(builder);
        return project;
    }

    private static Optional<MatrixRun> find(MatrixBuild build, String size) {
        return build.getExactRuns().stream()
                .filter(run -> run.getBuildVariables().get("SIZE").equals(size))
                .findFirst();
    }

    private static MatrixRun cell(MatrixBuild build, String size) {
        return find(build, size).orElseThrow();
    }

    /** Waits until the cell is there. */
    private static MatrixRun started(MatrixBuild build, String size) throws InterruptedException {
        Waits.within(Duration.ofMinutes(2)).until(() -> find(build, size).isPresent());
        return cell(build, size);
    }

    @Test
    void eachCellHasAJobWithTheValuesOfItsAxes() throws Exception {
        MatrixProject project = project("cat \"$INPUT\"; echo \"cell $SIZE\"; echo $SIZE > sum.txt", builder -> {
            builder.getJob().setImage("python_3.11");
            builder.getJob().setFiles("DATA_INPUT=data.csv");
            builder.getJob().setOutputs("sum.txt");
            builder.getJob().setJobName("size-$SIZE");
        });
        project.setScm(new SingleFileSCM("data.csv", "a,b,42\n"));
        MatrixBuild build = j.buildAndAssertSuccess(project);
        assertNull(build.getAction(SlurmJobsAction.class), "the jobs are the cells'");
        for (String size : SIZES) {
            MatrixRun cell = cell(build, size);
            assertThat(JenkinsRule.getLog(cell), containsString("a,b,42\ncell " + size + "\n"));
            assertEquals(1, ClusterJenkins.jobs(cell).size());
            String id = ClusterJenkins.jobs(cell).get(0).jobId();
            assertEquals(
                    "size-" + size,
                    jenkins.cluster()
                            .command("squeue", "--noheader", "--states=all", "--format=%j", "--jobs=" + id)
                            .strip());
            assertEquals(
                    size, cell.getWorkspace().child("sum.txt").readToString().strip());
        }
    }

    @Test
    void aCellEndsAsItsJobDoes() throws Exception {
        MatrixBuild build = j.buildAndAssertStatus(
                Result.FAILURE, project("exit $((SIZE - 1))", builder -> builder.setUnstableReturn(1)));
        assertEquals(Result.SUCCESS, cell(build, "1").getResult());
        assertEquals(Result.UNSTABLE, cell(build, "2").getResult());
        assertEquals(Result.FAILURE, cell(build, "3").getResult());
        j.assertLogContains("failed with exit code 2", cell(build, "3"));
    }

    @Test
    void abortCancelsTheJobsOfAllCells() throws Exception {
        MatrixProject project = project("echo started; sleep 600", builder -> {});
        MatrixBuild build = project.scheduleBuild2(0).waitForStart();
        for (String size : SIZES) {
            j.waitForMessage("\nstarted", started(build, size));
        }
        build.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        for (String size : SIZES) {
            MatrixRun cell = cell(build, size);
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(cell));
            jenkins.untilCancelled(cell);
        }
    }

    @Test
    void abortOfOneCellLeavesTheOthersAlone() throws Exception {
        MatrixProject project =
                project("echo started; " + ClusterJenkins.WAIT_FOR_RELEASE + "; echo \"ended $SIZE\"", builder -> {});
        MatrixBuild build = project.scheduleBuild2(0).waitForStart();
        for (String size : SIZES) {
            j.waitForMessage("\nstarted", started(build, size));
        }
        cell(build, "2").getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(cell(build, "2")));
        jenkins.untilCancelled(cell(build, "2"));
        for (String size : List.of("1", "3")) {
            ClusterJenkins.release(ClusterJenkins.jobs(cell(build, size)).get(0));
            j.assertBuildStatusSuccess(j.waitForCompletion(cell(build, size)));
            j.assertLogContains("ended " + size, cell(build, size));
        }
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        assertTrue(build.getExactRuns().stream().noneMatch(MatrixRun::isBuilding));
    }
}
