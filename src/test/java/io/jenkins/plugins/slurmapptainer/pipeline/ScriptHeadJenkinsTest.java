package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleProject;
import hudson.model.Result;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.config.DefaultOption;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.execution.JobPreview;
import io.jenkins.plugins.slurmapptainer.freestyle.SlurmApptainerBuilder;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Scripts as people have them, with a head for {@code sbatch} and as their editors leave them, in a real controller. */
@Tag("cluster")
@SharedJenkins
class ScriptHeadJenkinsTest {
    private static final String SHOW =
            "scontrol --oneliner show job $SLURM_JOB_ID | tr \" \" \"\\n\" | grep -E \"^(TimeLimit|JobName)=\"";

    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    @Test
    void aFileWithAByteOrderMarkRunsByItsInterpreter() throws Exception {
        String log = jenkins.log(
                Result.SUCCESS,
                "node('" + ClusterAgent.LABEL + "') { writeFile file: 'bom.py', encoding: 'UTF-8',"
                        + " text: '\\uFEFF#!/usr/bin/env python3\\r\\nimport sys\\r\\nprint(\"python\", sys.version_info[0])\\r\\n'\n"
                        + "slurmApptainer image: 'python_3.11', scriptFile: 'bom.py' }");
        assertThat(log, containsString("python 3\n"));
    }

    @Test
    void theStepWinsOverTheHeadOfAScriptFile() throws Exception {
        String log = jenkins.log(
                Result.SUCCESS,
                "node('" + ClusterAgent.LABEL + "') { writeFile file: 'job.sh',"
                        + " text: '#!/bin/bash\\n#SBATCH --time=7 -J \"two words\"\\n#SBATCH -N 2 -o x.out\\n" + SHOW
                        + "\\n'\n"
                        + "slurmApptainer scriptFile: 'job.sh', nodes: 1 }");
        assertThat(log, containsString("TimeLimit=00:07:00\n"));
        assertThat(
                log,
                containsString(
                        "[Slurm] From the script's #SBATCH lines: --time=7, --job-name=two words (line 2); the step's"
                                + " parameters replace --nodes=2 (line 3)"));
        assertThat(log, containsString("'#SBATCH -N 2 -o x.out': --output does not count"));
    }

    @Test
    void aLineThatIsNotAllowedSubmitsNothing() throws Exception {
        Run<?, ?> run = jenkins.run(
                Result.FAILURE,
                "node('" + ClusterAgent.LABEL
                        + "') { writeFile file: 'job.sh', text: '#!/bin/bash\\n#SBATCH --uid=0\\ntrue\\n'\n"
                        + "slurmApptainer scriptFile: 'job.sh' }");
        assertThat(
                JenkinsRule.getLog(run),
                containsString("ERROR: scriptFile: line 2, '#SBATCH --uid=0': --uid is not allowed"));
        run = jenkins.run(Result.FAILURE, "slurmApptainer script: '''\n#!/bin/bash\n#SBATCH --tiem=5\ntrue'''");
        assertThat(
                JenkinsRule.getLog(run),
                containsString("ERROR: script: line 3, '#SBATCH --tiem=5': sbatch has no option"));
        assertThat(JenkinsRule.getLog(run), not(containsString("Submitted batch job")));
    }

    @Test
    void theFailedTasksOfAScriptsArrayRunAgain() throws Exception {
        Run<?, ?> run = jenkins.run(
                Result.FAILURE,
                "slurmApptainer taskRetries: 1, script: '''#!/bin/bash\n#SBATCH --array=0-2%1 -t 5\nexit $((SLURM_ARRAY_TASK_ID == 1))'''");
        assertEquals(2, ClusterJenkins.jobs(run).size());
        assertEquals(1, ClusterJenkins.jobs(run).get(1).tasks().size());
        assertEquals(1, ClusterJenkins.jobs(run).get(1).taskLimit());
    }

    @Test
    void buildStepAndPreviewReadTheHeadToo() throws Exception {
        SlurmCluster cluster = SlurmGlobalConfiguration.get().getClusters().get(0);
        cluster.setDefaults(List.of(new DefaultOption("time", "9")));
        SlurmApptainerStep step = new SlurmApptainerStep("#!/bin/bash\n#SBATCH --time=7\n" + SHOW + "\n");
        FreeStyleProject project = j.createFreeStyleProject();
        project.getBuildersList().add(new SlurmApptainerBuilder(step));
        assertThat(JenkinsRule.getLog(j.buildAndAssertSuccess(project)), containsString("TimeLimit=00:07:00\n"));
        String preview = JobPreview.of(step.options(), project);
        assertTrue(preview.contains("\n#SBATCH --time=7\n"), preview);
        step.setDryRun(true);
        assertThat(JenkinsRule.getLog(j.buildAndAssertSuccess(project)), containsString("#SBATCH --time=7\n"));
    }
}
