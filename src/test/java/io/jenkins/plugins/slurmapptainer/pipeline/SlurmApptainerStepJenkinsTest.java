package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.workflow.cps.SnippetizerTester;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The step's form and its snippets. */
@SharedJenkins
public class SlurmApptainerStepJenkinsTest {
    /** A step with all parameters set. */
    public static SlurmApptainerStep complete() {
        SlurmApptainerStep step = new SlurmApptainerStep("echo hello");
        step.setImage("python_3.11");
        step.setFiles("DATA=data.csv, conf/**");
        step.setEnv(List.of("BUILD_TAG", "MODE=a, b=\"c\""));
        step.setJobName("my_job");
        step.setPartition("group1");
        step.setAccount("physics");
        step.setQos("normal");
        step.setNodes(2);
        step.setNtasks(4);
        step.setCpusPerTask(8);
        step.setMemory("16G");
        step.setTime("01:00:00");
        step.setGpus("a100:1");
        step.setGres("tmp:5");
        step.setConstraint("ib");
        step.setReservation("course");
        step.setExclusive(true);
        step.setDependency("afterok:12");
        step.setSignal("USR2@60");
        step.setOptions(List.of("--requeue", "--nice=100"));
        step.setBinds(List.of("/data", "/scratch, of mine:/work:ro"));
        step.setContainall(true);
        step.setWritableTmpfs(true);
        step.setNv(true);
        step.setRocm(true);
        step.setWorkingDirectory("/work");
        step.setHome("account");
        step.setInterpreter("/usr/bin/python3 -u");
        step.setScriptFile("run.py");
        step.setBegin("now+1hour");
        step.setReturnStatus(true);
        step.setLabel("Train");
        step.setEncoding("ISO-8859-1");
        step.setArray("0-99%10");
        step.setTaskOutput("files");
        step.setTaskRetries(2);
        step.setPropagate(false);
        step.setAllowEmptyFiles(true);
        step.setChecksums(true);
        return step;
    }

    @Test
    void everyParameterSurvivesTheForm(JenkinsRule j) throws Exception {
        SlurmApptainerStep step = complete();
        SlurmApptainerStep again = new StepConfigTester(j).configRoundTrip(step);
        j.assertEqualDataBoundBeans(step, again);
    }

    @Test
    void emptyFieldsStayEmpty(JenkinsRule j) throws Exception {
        SlurmApptainerStep again = new StepConfigTester(j).configRoundTrip(new SlurmApptainerStep("true"));
        j.assertEqualDataBoundBeans(new SlurmApptainerStep("true"), again);
        new SnippetizerTester(j).assertRoundTrip(again, "slurmApptainer 'true'");
    }

    @Test
    void snippetOfAnArray(JenkinsRule j) throws Exception {
        SlurmApptainerStep step = new SlurmApptainerStep("true");
        step.setArray("0-99%10");
        step.setTaskOutput("files");
        step.setTaskRetries(2);
        step.setPropagate(false);
        new SnippetizerTester(j)
                .assertRoundTrip(
                        step,
                        "slurmApptainer array: '0-99%10', propagate: false, script: 'true', taskOutput: 'files', taskRetries: 2");
    }

    @Test
    void snippetOfAHomeDirectory(JenkinsRule j) throws Exception {
        SlurmApptainerStep step = new SlurmApptainerStep("true");
        step.setHome("account");
        new SnippetizerTester(j).assertRoundTrip(step, "slurmApptainer home: 'account', script: 'true'");
    }

    @Test
    void aListBecomesTheTextThatTheFormShows(JenkinsRule j) throws Exception {
        SlurmApptainerStep step = (SlurmApptainerStep) j.jenkins
                .getDescriptorByType(SlurmApptainerStep.DescriptorImpl.class)
                .newInstance(
                        Map.of("script", "true", "files", List.of("X=a.csv", "b,c.csv"), "outputs", List.of("r/**")));
        assertEquals("X=a.csv\nb\\,c.csv", step.getFiles());
        SlurmApptainerStep again = new StepConfigTester(j).configRoundTrip(step);
        assertEquals(FilePattern.parse(step.getFiles()), FilePattern.parse(again.getFiles()));
        assertEquals("r/**", again.getOutputs());
        new SnippetizerTester(j)
                .assertRoundTrip(
                        step,
                        "slurmApptainer files: \'\'\'X=a.csv\nb\\\\,c.csv\'\'\', outputs: 'r/**', script: 'true'");
    }

    @Test
    void snippetHasOnlyWhatWasSet(JenkinsRule j) throws Exception {
        SlurmApptainerStep step = new SlurmApptainerStep("true");
        step.setImage("python_3.11");
        step.setCpusPerTask(4);
        new SnippetizerTester(j)
                .assertRoundTrip(step, "slurmApptainer cpusPerTask: 4, image: 'python_3.11', script: 'true'");
    }
}
