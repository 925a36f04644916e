package io.jenkins.plugins.slurmapptainer.web;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.junit.jupiter.api.Assertions.assertEquals;

import hudson.model.Result;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterJenkins;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** The four checks of the original system against a real cluster, and what an entry says of a real image. */
@Tag("cluster")
@SharedJenkins
class ReferenceChecksJenkinsTest {
    private JenkinsRule j;
    private ClusterJenkins jenkins;

    @BeforeEach
    void attach(JenkinsRule rule) throws Exception {
        j = rule;
        jenkins = ClusterJenkins.attach(rule);
    }

    private JSONObject get(String resource) throws Exception {
        URI address = URI.create(j.getURL() + "apptainer-images/api/v1/" + resource);
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode(), response.body());
        return JSONObject.fromObject(response.body());
    }

    @Test
    void healthListAndJobsWithAndWithoutImage() throws Exception {
        assertEquals("ok", get("health").getString("status"));
        String id = get("images?type=compute")
                .getJSONArray("images")
                .getJSONObject(0)
                .getString("id");
        assertEquals("python_3.11", id);
        String inside = JenkinsRule.getLog(j.buildAndAssertSuccess(jenkins.job("slurmApptainer(image: '" + id
                + "', script: 'echo Hello from inside Apptainer!; python3 --version')")));
        assertThat(inside, containsString("submitted with Apptainer image: python_3.11.sif"));
        assertThat(inside, containsString("Using Apptainer image: python_3.11.sif"));
        assertThat(inside, containsString("Hello from inside Apptainer!\nPython 3.11."));
        assertThat(inside, containsString("Apptainer execution completed"));
        String outside = JenkinsRule.getLog(
                j.buildAndAssertSuccess(jenkins.job("slurmApptainer(script: 'echo Hello from host!')")));
        assertThat(outside, containsString("submitted (no Apptainer)"));
        assertThat(outside, containsString("Hello from host!"));
    }

    @Test
    void thePageShowsTheImagesOwnScripts() throws Exception {
        URI address = URI.create(j.getURL() + "apptainer-images/image/python_3.11/scripts");
        HttpResponse<String> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertEquals(200, response.statusCode());
        assertThat(response.body(), containsString("exec python3 \"$@\""));
        assertThat(response.body(), containsString("Bootstrap: debootstrap"));
    }

    @Test
    void aDeprecatedImageWarnsAndAnotherDigestIsAnError() throws Exception {
        CatalogImage python = ImageCatalog.get().getImages().get(0);
        python.setState("deprecated");
        python.setHint("use python_3.12");
        python.setSha256(
                jenkins.cluster().command("sha256sum", python.getPath()).split(" ")[0]);
        ImageCatalog.get().setImages(List.of(python));
        String script = "slurmApptainer(image: 'python@3', script: 'echo ran')";
        String log = JenkinsRule.getLog(j.buildAndAssertSuccess(jenkins.job(script)));
        assertThat(log, containsString("Image python_3.11 is deprecated: use python_3.12"));
        assertThat(log, containsString("Image python_3.11 has the SHA-256 that the catalog says"));
        String again = JenkinsRule.getLog(j.buildAndAssertSuccess(jenkins.job(script)));
        assertThat("it is not read again", again, not(containsString("has the SHA-256")));
        python.setSha256("ab".repeat(32));
        ImageCatalog.get().setImages(List.of(python));
        WorkflowRun changed = jenkins.run(Result.FAILURE, script);
        assertThat(JenkinsRule.getLog(changed), containsString("has changed: its SHA-256 is "));
        assertThat(JenkinsRule.getLog(changed), not(containsString("Submitted batch job")));
        python.setSha256("");
        python.setSigningKey("AB12".repeat(10));
        ImageCatalog.get().setImages(List.of(python));
        WorkflowRun unsigned = jenkins.run(Result.FAILURE, script);
        assertThat(JenkinsRule.getLog(unsigned), containsString("failed its verification: "));
        assertThat(JenkinsRule.getLog(unsigned), containsString("signature not found"));
    }
}
