package io.jenkins.plugins.slurmapptainer.freestyle;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.matchesPattern;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Label;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.PasswordParameterDefinition;
import hudson.model.Result;
import hudson.model.StringParameterDefinition;
import hudson.util.Secret;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmApptainerStep;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.SingleFileSCM;

/** The build step with jobs of a real cluster. */
@Tag("cluster")
@SharedJenkins
class SlurmApptainerBuilderOnClusterJenkinsTest {
    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private FreeStyleProject project(String script, Consumer<SlurmApptainerBuilder> more) throws Exception {
        SlurmApptainerBuilder builder = new SlurmApptainerBuilder(new SlurmApptainerStep(script));
        more.accept(builder);
        FreeStyleProject project = j.createFreeStyleProject();
        project.setAssignedLabel(Label.get(ClusterAgent.LABEL));
        project.getBuildersList().add(builder);
        return project;
    }

    private FreeStyleProject project(String script) throws Exception {
        return project(script, builder -> {});
    }

    @Test
    void runsWithFilesInAnImageAsTheParametersSay() throws Exception {
        FreeStyleProject project = project("tee copy.csv < \"$INPUT\"; python3 --version; echo \"$SIZE.\"", builder -> {
            builder.getJob().setImage("python_${VERSION}");
            builder.getJob().setFiles("DATA_INPUT=data.csv");
            builder.getJob().setJobName("size-$SIZE");
            builder.getJob().setOutputs("*.csv");
            builder.getJob().setArchive(true);
        });
        project.setScm(new SingleFileSCM("data.csv", "a,b,42\n"));
        project.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("VERSION", "3.11"), new StringParameterDefinition("SIZE", "7")));
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        String log = JenkinsRule.getLog(build);
        assertThat(log, containsString("Staged 1 file, 7 bytes"));
        assertThat(log, containsString("a,b,42\nPython 3.11."));
        assertTrue(build.getWorkspace().child("copy.csv").exists());
        assertTrue(build.getArtifactManager().root().child("copy.csv").exists());
        assertThat("the script is the shell's own", log, containsString("\n.\n"));
        String id = ClusterJenkins.jobs(build).get(0).jobId();
        assertThat(
                jenkins.cluster().command("squeue", "--noheader", "--states=all", "--jobs", id, "-o", "%j"),
                containsString("size-7"));
    }

    @Test
    void secretsReachTheJobOnlyByName() throws Exception {
        FreeStyleProject project = project("echo $BUILD_TAG ${#TOKEN} $GREETING", builder -> {
            builder.getJob().setEnv(List.of("BUILD_TAG", "TOKEN", "GREETING=hello-$SIZE"));
            builder.getJob().setMemory("$TOKEN");
        });
        project.addProperty(new ParametersDefinitionProperty(
                new StringParameterDefinition("SIZE", "7"),
                new PasswordParameterDefinition("TOKEN", Secret.fromString("s3cr3t"), "")));
        String log = JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, project));
        assertThat(log, containsString("ERROR: memory: '$TOKEN' is not a size"));
        assertThat(log, not(containsString("s3cr3t")));
        project.getBuildersList().get(SlurmApptainerBuilder.class).getJob().setMemory(null);
        log = JenkinsRule.getLog(j.buildAndAssertSuccess(project));
        assertThat(log, containsString("jenkins-" + project.getName() + "-2 6 hello-7\n"));
    }

    @Test
    void outputComesWhileTheJobRunsAndTheExecutorIsBusy() throws Exception {
        FreeStyleBuild build = project("echo first line; " + ClusterJenkins.WAIT_FOR_RELEASE + "; echo second line")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("first line", build);
        assertThat(JenkinsRule.getLog(build), not(containsString("second line")));
        assertEquals(1, jenkins.busy());
        ClusterJenkins.release(ClusterJenkins.jobs(build).get(0));
        j.assertLogContains("second line", j.assertBuildStatusSuccess(j.waitForCompletion(build)));
    }

    @Test
    void failureIsOneSentenceAndEndsTheBuild() throws Exception {
        FreeStyleProject project = project("exit 7", builder -> builder.setUnstableReturn(3));
        project.getBuildersList().add(new SlurmApptainerBuilder(new SlurmApptainerStep("echo not reached")));
        FreeStyleBuild build = j.buildAndAssertStatus(Result.FAILURE, project);
        String log = JenkinsRule.getLog(build);
        assertThat(log, matchesPattern("(?s).*ERROR: Job \\d+ failed with exit code 7\\n.*"));
        assertThat(log, not(containsString("\tat ")));
        assertThat(log, not(containsString("not reached")));
        assertEquals(1, ClusterJenkins.jobs(build).size());
    }

    @Test
    void theChosenExitCodeMakesTheBuildUnstableAndTheBuildContinues() throws Exception {
        FreeStyleProject project = project("exit 3", builder -> builder.setUnstableReturn(3));
        project.getBuildersList().add(new SlurmApptainerBuilder(new SlurmApptainerStep("echo reached")));
        FreeStyleBuild build = j.buildAndAssertStatus(Result.UNSTABLE, project);
        j.assertLogContains("reached", build);
        assertEquals(2, ClusterJenkins.jobs(build).size());
    }

    @Test
    void anArrayWithFilesAndARetry() throws Exception {
        FreeStyleProject project = project(
                "echo task $SLURM_ARRAY_TASK_ID of $SLURM_ARRAY_TASK_COUNT; "
                        + "[ $SLURM_ARRAY_TASK_ID != 5 ] || [ $SLURM_ARRAY_TASK_COUNT = 1 ]",
                builder -> {
                    builder.getJob().setArray("3-$LAST%2");
                    builder.getJob().setTaskOutput("files");
                    builder.getJob().setTaskRetries(1);
                    builder.getJob().setArchive(true);
                });
        project.addProperty(new ParametersDefinitionProperty(new StringParameterDefinition("LAST", "5")));
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        j.assertLogContains("again: 5 (retry 1 of 1)", build);
        j.assertLogNotContains("] task 5", build);
        assertEquals(2, ClusterJenkins.jobs(build).size());
        String first = ClusterJenkins.jobs(build).get(0).jobId();
        String second = ClusterJenkins.jobs(build).get(1).jobId();
        for (String name : List.of(first + "_3", first + "_4", first + "_5", second + "_5")) {
            assertTrue(
                    build.getArtifactManager()
                            .root()
                            .child("slurm-" + name + ".out")
                            .exists(),
                    name);
        }
    }

    @Test
    void anArrayIsCancelledWithItsBuild() throws Exception {
        FreeStyleProject project = project("echo begun; sleep 600", builder -> {
            builder.getJob().setArray("0-9%2");
            builder.getJob().setTaskRetries(1);
        });
        FreeStyleBuild build = project.scheduleBuild2(0).waitForStart();
        j.waitForMessage("] begun", build);
        build.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        String id = ClusterJenkins.jobs(build).get(0).jobId();
        assertEquals(1, ClusterJenkins.jobs(build).size());
        assertEquals(
                "",
                jenkins.cluster()
                        .command("squeue", "--noheader", "--jobs=" + id, "--states=PENDING,RUNNING")
                        .strip());
    }

    @Test
    void aBuildStepHasNoResultToReturn() throws Exception {
        FreeStyleProject project = project("true", builder -> builder.getJob().setPropagate(false));
        j.assertLogContains("propagate: a build step returns nothing", j.buildAndAssertStatus(Result.FAILURE, project));
    }

    /** A code that Slurm's signal leads to is not the program's answer. */
    @Test
    void aCancelledJobIsNotUnstable() throws Exception {
        FreeStyleProject project =
                project("scancel $SLURM_JOB_ID; sleep 600", builder -> builder.setUnstableReturn(143));
        FreeStyleBuild build = j.buildAndAssertStatus(Result.FAILURE, project);
        assertThat(
                JenkinsRule.getLog(build), matchesPattern("(?s).*ERROR: Job \\d+ was cancelled \\(by [^\\n]*\\)\\n.*"));
    }

    @Test
    void abortCancelsTheJobAndWaitsForItsEnd() throws Exception {
        FreeStyleBuild build =
                project("echo started; sleep 600").scheduleBuild2(0).waitForStart();
        j.waitForMessage("\nstarted", build);
        build.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        assertEquals("CANCELLED", jenkins.state(build));
        String log = JenkinsRule.getLog(build);
        assertThat(
                log, matchesPattern("(?s).*Stopping the job.*Job \\d+ was cancelled \\(by this build\\).*ABORTED.*"));
        assertThat(log, not(containsString("ERROR")));
    }

    /** Slurm confirms only after KillWait when the program does not react to TERM; a second abort does not wait for that. */
    @Test
    void abortingTwiceDoesNotWait() throws Exception {
        FreeStyleBuild build = project("trap '' TERM; echo started; while :; do sleep 1; done")
                .scheduleBuild2(0)
                .waitForStart();
        j.waitForMessage("\nstarted", build);
        build.getExecutor().interrupt();
        j.waitForMessage("Cancelled job", build);
        build.getExecutor().interrupt();
        j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(build));
        j.assertLogContains("it is still being cancelled", build);
        jenkins.untilCancelled(build);
    }

    @Test
    void aJobWithoutFilesRunsOnAnyAgent() throws Exception {
        FreeStyleProject project = project("echo ran");
        project.setAssignedLabel(Label.get("built-in"));
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        assertTrue(build.getBuiltOn() == j.jenkins);
        j.assertLogContains("ran", build);
    }
}
