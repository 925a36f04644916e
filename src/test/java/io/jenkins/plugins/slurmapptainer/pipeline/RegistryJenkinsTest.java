package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.SystemCredentialsProvider;
import com.cloudbees.plugins.credentials.impl.UsernamePasswordCredentialsImpl;
import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.execution.JobPage;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.LocalRegistry;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.TextSearch;
import java.io.File;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** Images of a registry, from the entry to the job: real registry, real Apptainer, real Slurm. */
@Tag("cluster")
@SharedJenkins
class RegistryJenkinsTest {
    @TempDir
    Path folder;

    private JenkinsRule j;
    private ClusterAgent cluster;
    private LocalRegistry registry;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        assumeTrue(LocalRegistry.isInstalled(), "Debian's package docker-registry is not installed");
        j = rule;
        registry = new LocalRegistry(folder);
        cluster = new ClusterAgent(new File("").getAbsoluteFile());
        cluster.attach(j.jenkins);
        store("registry", LocalRegistry.PASSWORD);
        store("wrong", "wrong-password");
    }

    @AfterEach
    void stop() throws Exception {
        if (registry != null) {
            registry.close();
        }
    }

    private static void store(String id, String password) throws Exception {
        SystemCredentialsProvider.getInstance()
                .getCredentials()
                .add(new UsernamePasswordCredentialsImpl(
                        CredentialsScope.GLOBAL, id, null, LocalRegistry.USER, password));
        SystemCredentialsProvider.getInstance().save();
    }

    private static void declare(String id, String reference, String credentials) {
        CatalogImage image = new CatalogImage(id, reference);
        image.setRegistryCredentialsId(credentials);
        image.setPlainHttp(true);
        ImageCatalog.get().setImages(List.of(image));
    }

    private WorkflowJob job(String script) throws Exception {
        WorkflowJob job = j.createProject(WorkflowJob.class);
        job.setDefinition(new CpsFlowDefinition(script, true));
        return job;
    }

    private String log(Result result, String script) throws Exception {
        return JenkinsRule.getLog(j.buildAndAssertStatus(result, job(script)));
    }

    private String push(String repository) throws Exception {
        String reference = "oras://" + registry.host() + "/" + repository;
        List<String> command = new ArrayList<>(List.of("env"));
        command.addAll(LocalRegistry.login());
        String sif = ImageCatalog.get().getImages().get(0).getPath();
        command.addAll(List.of("apptainer", "push", "--no-https", sif, reference));
        assertThat(cluster.command(command.toArray(new String[0])), containsString("Upload complete"));
        return reference;
    }

    @Test
    void threeBranchesShareOnePullOfAnOciImage() throws Exception {
        String digest = registry.putImage("tools/bash", "5");
        String reference = "docker://" + registry.host() + "/tools/bash:5@" + digest;
        declare("bash", reference, "registry");
        WorkflowRun run = j.buildAndAssertSuccess(
                job(
                        "def b = [:]; for (int i = 1; i <= 3; i++) { def n = i; b['b' + n] = { slurmApptainer(image: 'bash', script:"
                                + " 'echo \"branch ' + n + ' in a container with bash ${BASH_VERSION%%.*}\"') } }; parallel b"));
        String log = JenkinsRule.getLog(run);
        for (int i = 1; i <= 3; i++) {
            assertThat(log, containsString("branch " + i + " in a container with bash "));
        }
        assertThat(log, containsString("Pulling " + reference));
        assertThat(log, containsString("Pulled " + reference + ", "));
        assertThat(log, containsString("with Apptainer image: bash_5"));
        // Its layer and its configuration, once each.
        assertEquals(2, registry.downloads("tools/bash"));
        SlurmJobsAction jobs = run.getAction(SlurmJobsAction.class);
        JobPage job = jobs.getJob(jobs.getJobs().get(0).token());
        assertEquals(reference, job.getImageSource());
        assertTrue(job.getImagePath().startsWith(cluster.shared() + "/jenkins-"), job.getImagePath());
        assertTrue(job.getImageSize() > 0);
        assertTrue(job.isInCatalog());
        assertThat(
                log(Result.SUCCESS, "slurmApptainer(image: 'bash', script: 'echo again')"),
                not(containsString("Pull")));
        assertEquals(2, registry.downloads("tools/bash"));
    }

    @Test
    void onlyThePullGetsThePasswordAndItsUseIsTracked() throws Exception {
        declare("python", push("tools/python:3.11"), "registry");
        WorkflowRun run = j.buildAndAssertSuccess(
                job("slurmApptainer(image: 'python', script: 'python3 --version; env; cat /proc/self/environ')"));
        String log = JenkinsRule.getLog(run);
        assertThat(log, containsString("Python 3.11."));
        assertThat(log, not(containsString(LocalRegistry.PASSWORD)));
        assertEquals(List.of(), TextSearch.filesWith(j.jenkins.getRootDir().toPath(), LocalRegistry.PASSWORD));
        assertEquals(
                "",
                cluster.command("grep", "-rlF", LocalRegistry.PASSWORD, cluster.shared())
                        .replaceAll("(?m)^grep: .*$", "")
                        .strip());
        assertTrue(CredentialsProvider.getFingerprintOf(
                        SystemCredentialsProvider.getInstance().getCredentials().get(0))
                .getUsages()
                .containsKey(run.getParent().getFullName()));
    }

    @Test
    void aJobWhoseImageCannotBePulledIsNotSubmitted() throws Exception {
        String script = "slurmApptainer(image: 'python', script: 'echo ran')";
        String reference = push("tools/python:3.11");
        declare("python", reference, "wrong");
        String denied = log(Result.FAILURE, script);
        assertThat(denied, containsString("image: " + reference + " could not be pulled; apptainer says: "));
        assertThat(denied, containsString("UNAUTHORIZED"));
        assertThat(denied, not(containsString("wrong-password")));
        assertThat(denied, not(containsString("Submitted batch job")));
        declare("python", reference, "gone");
        assertThat(log(Result.FAILURE, script), containsString("cannot see a username with password with this id"));
        declare("python", reference + "@sha256:" + "0a".repeat(32), "registry");
        assertThat(log(Result.FAILURE, script), containsString("MANIFEST_UNKNOWN"));
        declare("python", reference, "registry");
        CatalogImage checked = ImageCatalog.get().getImages().get(0);
        checked.setSha256("ab".repeat(32));
        ImageCatalog.get().setImages(List.of(checked));
        assertThat(log(Result.FAILURE, script), containsString("has changed: its SHA-256 is "));
    }

    /** Any job of the account can write where pulled images are. */
    @Test
    void aPulledFileThatSomebodyReplacesIsNotUsed() throws Exception {
        String reference = push("tools/python:3.11");
        declare("python", reference, "registry");
        String script = "slurmApptainer(image: 'python', script: 'echo ran')";
        WorkflowRun run = j.buildAndAssertSuccess(job(script));
        String file = run.getAction(SlurmJobsAction.class)
                .getJobs()
                .get(0)
                .description()
                .imagePath();
        // The same bytes in another file are the same image.
        cluster.command("sh", "-c", "cp '" + file + "' '" + file + ".new' && mv '" + file + ".new' '" + file + "'");
        assertThat(log(Result.SUCCESS, script), not(containsString("Pull")));
        cluster.command("sh", "-c", "printf x >> '" + file + "'");
        String refused = log(Result.FAILURE, script);
        assertThat(refused, containsString("is not the file that was pulled: its SHA-256 is "));
        assertThat(refused, not(containsString("Submitted batch job")));
        cluster.command("rm", "-f", file);
        assertThat(log(Result.SUCCESS, script), containsString("Pulled " + reference));
        assertThat(log(Result.SUCCESS, script), not(containsString("Pull")));
    }

    /** A registry takes the connection and says nothing: the build can be stopped, and holds no thread meanwhile. */
    @Test
    void aBuildThatWaitsForAPullCanBeStopped() throws Exception {
        try (ServerSocket silent = new ServerSocket(0)) {
            declare("slow", "oras://127.0.0.1:" + silent.getLocalPort() + "/slow:1", null);
            WorkflowRun run = job("slurmApptainer(image: 'slow', script: 'echo ran')")
                    .scheduleBuild2(0)
                    .waitForStart();
            j.waitForMessage("Pulling oras://127.0.0.1:", run);
            run.getExecutor().interrupt();
            j.assertBuildStatus(Result.ABORTED, j.waitForCompletion(run));
            j.assertLogNotContains("Submitted batch job", run);
        }
    }

    @Test
    void aBuildMayNameARegistryImageIfThePolicyAllowsIt() throws Exception {
        String reference = push("tools/python:3.11");
        String script = "slurmApptainer(image: '" + reference + "', script: 'echo ran')";
        assertThat(log(Result.FAILURE, script), containsString("images of registries are not allowed here"));
        ImageCatalog.get().setPolicy("any");
        String denied = log(Result.FAILURE, script);
        assertThat("nobody's password is sent", denied, containsString(" could not be pulled; apptainer says: "));
    }
}
