package io.jenkins.plugins.slurmapptainer.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Label;
import hudson.model.User;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImageDirectory;
import io.jenkins.plugins.slurmapptainer.catalog.ImagePermissions;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.image.local.SampleSif;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import jenkins.model.Jenkins;
import jenkins.security.ApiTokenProperty;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The interface for programs, as programs use it: with an API token and without a session. */
@SharedJenkins
class RestApiJenkinsTest {
    private static final String HOSTILE = "<script>alert(1)</script> [1,2] {\"a\":null} \" \\ \u2028";

    @TempDir
    Path images;

    private JenkinsRule j;

    @BeforeEach
    void fill(JenkinsRule rule) {
        j = rule;
        List<CatalogImage> declared = new ArrayList<>();
        for (int i = 0; i < 250; i++) {
            declared.add(new CatalogImage("tool_" + i, "/i/tools/tool_" + i + ".sif"));
        }
        CatalogImage python = new CatalogImage("python_3.11", "/shared/apptainer/images/compute/python_3.11.sif");
        python.setDescription(HOSTILE);
        python.setState("deprecated");
        CatalogImage hidden = new CatalogImage("hidden", "/i/hidden.sif");
        hidden.setState("hidden");
        declared.add(python);
        declared.add(hidden);
        ImageCatalog.get().setImages(declared);
        ImageCatalog.get().setScanMinutes(0);
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "slurm", "/shared")));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "scanner")
                .grant(ImagePermissions.SCAN)
                .everywhere()
                .to("scanner")
                .grant(Jenkins.ADMINISTER)
                .everywhere()
                .to("admin"));
    }

    private HttpResponse<String> call(String user, String method, String path) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(j.getURL() + "apptainer-images/api/v1/" + path))
                .method(method, HttpRequest.BodyPublishers.noBody());
        if (!user.isEmpty()) {
            String token =
                    User.getById(user, true).getProperty(ApiTokenProperty.class).generateNewToken("test").plainValue;
            request.header(
                    "Authorization",
                    "Basic "
                            + Base64.getEncoder()
                                    .encodeToString((user + ":" + token).getBytes(StandardCharsets.UTF_8)));
        }
        return HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private JSONObject json(int status, HttpResponse<String> response) {
        assertEquals(status, response.statusCode(), response.body());
        assertTrue(
                response.headers().firstValue("Content-Type").orElse("").startsWith("application/json"),
                response.headers().toString());
        assertEquals(
                "nosniff",
                response.headers().firstValue("X-Content-Type-Options").orElse(""));
        return JSONObject.fromObject(response.body());
    }

    private void error(int status, String code, HttpResponse<String> response) {
        JSONObject error = json(status, response);
        assertEquals(code, error.getString("error"));
        assertFalse(error.getString("message").isEmpty());
    }

    @Test
    void healthReportsClustersAndImages() throws Exception {
        JSONObject before = json(200, call("reader", "GET", "health"));
        assertEquals("degraded", before.getString("status"));
        assertEquals(251, before.getInt("images"));
        assertEquals(0, before.getJSONArray("clusters").size(), "no image tells the reader of a cluster");
        JSONObject all = json(200, call("scanner", "GET", "health"));
        assertEquals("main", all.getJSONArray("clusters").getJSONObject(0).getString("name"));
        j.createOnlineSlave(Label.get("slurm"));
        assertEquals("ok", json(200, call("reader", "GET", "health")).getString("status"));
    }

    @Test
    void anImageHasTheFieldsOfTheReference() throws Exception {
        HttpResponse<String> response = call("reader", "GET", "images/python_3.11");
        JSONObject image = json(200, response);
        assertEquals("python_3.11", image.getString("id"));
        assertEquals("python_3.11.sif", image.getString("name"));
        assertEquals("/shared/apptainer/images/compute/python_3.11.sif", image.getString("path"));
        assertEquals("compute", image.getString("type"));
        assertEquals("3.11", image.getString("version"));
        assertEquals("deprecated", image.getString("state"));
        assertEquals(HOSTILE, image.getString("description"), "text stays text");
        error(404, "not-found", call("reader", "GET", "images/python_3.12"));
        error(404, "not-found", call("reader", "GET", "images/python_3.11/x"));
        error(404, "not-found", call("reader", "GET", "images/%3Cb%3E"));
        error(404, "not-found", call("reader", "GET", "nothing"));
    }

    @Test
    void listsAreFilteredAndComeInPages() throws Exception {
        JSONObject first = json(200, call("reader", "GET", "images"));
        assertEquals(251, first.getInt("total"));
        assertEquals(100, first.getJSONArray("images").size());
        assertEquals(
                51,
                json(200, call("reader", "GET", "images?start=200"))
                        .getJSONArray("images")
                        .size());
        JSONArray tail =
                json(200, call("reader", "GET", "images?start=249&limit=1000")).getJSONArray("images");
        assertEquals(2, tail.size());
        assertEquals(
                0,
                json(200, call("reader", "GET", "images?start=999999999"))
                        .getJSONArray("images")
                        .size());
        assertEquals(
                1,
                json(200, call("reader", "GET", "images?text=PYTHON+alert&type=compute"))
                        .getInt("total"));
        assertEquals(
                1,
                json(200, call("reader", "GET", "images?state=deprecated&source=declared"))
                        .getInt("total"));
        assertEquals(
                0, json(200, call("reader", "GET", "images?source=discovered")).getInt("total"));
        assertEquals(0, json(200, call("reader", "GET", "images?type=%3Cb%3E")).getInt("total"));
        for (String wrong :
                List.of("start=-1", "start=x", "limit=0", "limit=1001", "limit=99999999999", "state=old", "source=x")) {
            error(400, "invalid-parameter", call("reader", "GET", "images?" + wrong));
        }
    }

    @Test
    void hiddenImagesAreShownToUsersWhoMayConfigure() throws Exception {
        error(404, "not-found", call("reader", "GET", "images/hidden"));
        assertEquals(0, json(200, call("reader", "GET", "images?state=hidden")).getInt("total"));
        assertEquals("hidden", json(200, call("admin", "GET", "images/hidden")).getString("state"));
        assertEquals(1, json(200, call("admin", "GET", "images?state=hidden")).getInt("total"));
    }

    @Test
    void strangersLearnNothingAndNoScriptIsServed() throws Exception {
        assertEquals(403, call("", "GET", "images").statusCode());
        assertEquals(403, call("nobody", "GET", "images").statusCode());
        assertEquals(403, call("nobody", "GET", "health").statusCode());
        assertEquals(400, call("reader", "GET", "images?jsonp=steal").statusCode());
    }

    @Test
    void aScanAnswersAtOnceAndReportsItsEnd() throws Exception {
        SampleSif.write(images.resolve("compute/python_3.12.sif"), "");
        Files.writeString(images.resolve("compute/broken_1.sif"), "x".repeat(300));
        j.createOnlineSlave(Label.get("slurm"));
        error(409, "cannot-scan", call("scanner", "POST", "scan"));
        ImageCatalog.get().setDirectories(List.of(new ImageDirectory(images.toString())));
        HttpResponse<String> started = call("scanner", "POST", "scan");
        JSONObject scan = json(202, started).getJSONArray("scans").getJSONObject(0);
        assertEquals("main", scan.getString("cluster"));
        assertEquals("scanner", scan.getString("cause"));
        String location = started.headers().firstValue("Location").orElseThrow();
        assertEquals(j.getURL() + "apptainer-images/api/v1/scans/" + scan.getInt("id"), location);
        JSONObject status = ended(scan.getInt("id"));
        assertEquals("done", status.getString("state"), status.toString());
        assertEquals(1, status.getInt("addedCount"));
        assertEquals(
                images.resolve("compute/python_3.12.sif").toString(),
                status.getJSONArray("added").getString(0));
        assertEquals(
                "is no SIF file",
                status.getJSONArray("skipped").getJSONObject(0).getString("reason"));
        assertEquals(
                "discovered",
                json(200, call("reader", "GET", "images/python_3.12")).getString("source"));
        assertEquals(
                1,
                json(200, call("scanner", "GET", "scans")).getJSONArray("scans").size());
        error(404, "not-found", call("scanner", "GET", "scans/99"));
        error(404, "not-found", call("scanner", "GET", "scans/..x"));
        error(409, "cannot-scan", call("scanner", "POST", "scan?cluster=other"));
    }

    private JSONObject ended(int scan) throws Exception {
        return Waits.within(Duration.ofMinutes(2))
                .alias("the scan ends")
                .until(
                        () -> json(200, call("scanner", "GET", "scans/" + scan)),
                        status -> !status.getString("state").equals("running"));
    }

    @Test
    void scansNeedThePermissionAndPost() throws Exception {
        error(403, "no-permission", call("reader", "POST", "scan"));
        error(403, "no-permission", call("reader", "GET", "scans"));
        error(403, "no-permission", call("reader", "GET", "scans/1"));
        HttpResponse<String> response = call("scanner", "GET", "scan");
        error(405, "method-not-allowed", response);
        assertEquals("POST", response.headers().firstValue("Allow").orElse(""));
        // A session without a crumb is refused by Jenkins itself.
        JenkinsRule.WebClient browser = j.createWebClient().login("scanner");
        browser.getOptions().setThrowExceptionOnFailingStatusCode(false);
        j.jenkins.setCrumbIssuer(new hudson.security.csrf.DefaultCrumbIssuer(false));
        org.htmlunit.WebRequest post = new org.htmlunit.WebRequest(
                URI.create(j.getURL() + "apptainer-images/api/v1/scan").toURL(), org.htmlunit.HttpMethod.POST);
        assertEquals(403, browser.getPage(post).getWebResponse().getStatusCode());
    }
}
