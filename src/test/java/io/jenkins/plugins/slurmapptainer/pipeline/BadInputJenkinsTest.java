package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;

import hudson.model.Result;
import hudson.slaves.DumbSlave;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.io.File;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.jvnet.hudson.test.JenkinsRule;

/** Every mistake ends the build with one sentence, before anything is submitted; the agent here has no Slurm. */
@SharedJenkins
class BadInputJenkinsTest {
    @TempDir
    private File shared;

    private void fails(JenkinsRule j, String script, String sentence) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        String log = JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(log, containsString("ERROR: " + sentence));
        assertThat(log, not(containsString("\tat ")));
        assertThat(log, not(containsString("Submitted")));
    }

    private void configure(JenkinsRule j) {
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "slurm", shared.getPath())));
        ImageCatalog.get().setImages(List.of(new CatalogImage("python_3.11", "/images/compute/python_3.11.sif")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            image: 'python_3.1', script: 'true' | image: there is no image 'python_3.1' in the catalog; did you mean 'python_3.11'?
            script: 'true', memroy: '1G'        | memroy: there is no such parameter; did you mean 'memory'?
            script: 'true', memory: 'much'      | memory: 'much' is not a size per node with a unit
            script: 'true', time: 'tomorrow'    | time: 'tomorrow' is not minutes
            script: 'true', jobName: 'a b'      | jobName: 'a b' is not letters
            script: ' '                         | script: the script is empty
            script: 'echo \\u0000'              | script: there is a NUL character in line 1
            script: 'true', cluster: 'other'    | cluster: there is no cluster 'other'; there is 'main'
            script: 'true', options: ['--uid=0'] | options: '--uid=0': this option is not allowed
            script: 'true', files: '../secret'  | files: '../secret': '..' would leave the workspace
            script: 'true', files: '/etc/passwd' | files: '/etc/passwd': write a path relative to the workspace
            script: 'true', scriptFile: 'run.sh' | scriptFile: there is a script already
            scriptFile: 'run.sh'                | scriptFile: there is no workspace here
            script: 'true', begin: 'sometime'   | begin: 'sometime' is not a time
            script: 'true', dependency: 'afterok:' | dependency: 'afterok:' is not a list of conditions
            script: 'true', binds: '/data'      | binds: the script runs on the host
            script: 'true', image: 'python_3.11', binds: '/data' | binds: '/data' cannot be mounted; cluster main lets builds mount nothing
            script: 'true', workingDirectory: 'x' | workingDirectory: 'x' is neither 'job' nor 'workspace'
            script: 'true', workingDirectory: 'workspace' | workingDirectory: there is no workspace here
            script: 'true', array: 'all'        | array: 'all' is not a list of indexes
            script: 'true', array: '0-20000'    | array: there are more than 10000 tasks
            script: 'true', array: '9-3'        | array: '9-3' ends before it begins
            script: 'true', taskRetries: 2      | taskRetries: only the tasks of a job array are submitted again
            script: 'true', array: '0-3', taskRetries: 99 | taskRetries: 99 is not a number of retries
            script: 'true', array: '0-3', taskOutput: 'log' | taskOutput: 'log' is not 'console', 'labels' or 'files'
            script: 'true', array: '0-3', taskOutput: 'files' | taskOutput: there is no workspace here
            script: 'true', array: '0-3', archive: true | archive: there is nothing to archive
            script: 'true', returnStatus: true, propagate: false | propagate: with returnStatus the step returns only the exit code
            script: 'true', options: ['--array=0-3'] | options: '--array=0-3'
            script: 'true', files: 'none.csv'   | files: there is no workspace here
            script: 'true', files: ['none.csv', "n${1}.csv"] | files: there is no workspace here
            script: 'true', files: [DATA: 'none.csv'] | files: there is no workspace here
            script: 'true', outputs: [A: 'b']   | outputs: it cannot be a map
            script: 'true', env: ["A=${1}", null] | env: element 2 is null
            script: 'true', env: ["PA${'TH'}": 1] | env: 'PATH'
            script: 'true', memory: 16          | memory: '16' is 16 MB to Slurm
            script: 'true', time: '1:30'        | time: '1:30' is 1 minute and 30 seconds to Slurm
            script: 'true', cpusPerTask: 'four' | cpusPerTask: 'four' is not a whole number
            script: 'true', exclusive: 'yes'    | exclusive: 'yes' is neither true nor false
            script: 'true', encoding: 'klingon' | encoding: 'klingon': there is no character set
            script: 'true', options: ['--nodelist n1'] | options: '--nodelist n1': write '--nodelist=n1'
            """)
    void mistakesInTheStepAreReported(String arguments, String sentence, JenkinsRule j) throws Exception {
        configure(j);
        fails(j, "slurmApptainer(" + arguments + ")", sentence);
    }

    @Test
    void missingClusterIsReported(JenkinsRule j) throws Exception {
        fails(j, "slurmApptainer 'true'", "cluster: no Slurm cluster is configured");
    }

    @Test
    void missingFileAndLinkOutOfTheWorkspaceAreReported(JenkinsRule j) throws Exception {
        configure(j);
        DumbSlave agent = j.createOnlineSlave(hudson.model.Label.get("slurm"));
        fails(
                j,
                "node('slurm') { slurmApptainer(script: 'true', files: 'none*.csv') }",
                "files: 'none*.csv' matches no file");
        fails(
                j,
                "node('slurm') { sh 'ln -sf /etc/passwd link'; slurmApptainer(script: 'true', files: 'link') }",
                "files: 'link' is a symbolic link that leaves the workspace");
        fails(
                j,
                "node('built-in') { writeFile(file: 'a', text: ''); slurmApptainer(script: 'true', files: 'b') }",
                "files: 'b' matches no file in the workspace");
        j.disconnectSlave(agent);
    }

    @Test
    void missingSbatchOnTheAgentIsReported(JenkinsRule j) throws Exception {
        configure(j);
        hudson.EnvVars environment = new hudson.EnvVars();
        environment.put("PATH", "/nowhere");
        DumbSlave agent = j.createSlave("slurm", environment);
        j.waitOnline(agent);
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition("slurmApptainer 'true'", true));
        String log = JenkinsRule.getLog(j.buildAndAssertStatus(Result.FAILURE, job));
        assertThat(log, containsString("sbatch cannot be run on this head node"));
        assertThat(log, containsString("install Slurm's client commands"));
    }
}
