package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.FreeStyleBuild;
import hudson.model.FreeStyleProject;
import hudson.model.Item;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.htmlunit.html.DomElement;
import org.htmlunit.html.HtmlPage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;

/** The build's page about its jobs, and which builds used an image. */
@SharedJenkins
class SlurmJobsActionJenkinsTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>";
    private static final String PATH = "/images/compute/python_3.11.sif";
    private static final String SHA256 = "0123456789abcdef".repeat(4);

    private JenkinsRule j;
    private FreeStyleProject project;

    @BeforeEach
    void prepare(JenkinsRule rule) throws Exception {
        j = rule;
        project = j.createFreeStyleProject("nightly");
        ImageCatalog.get().setImages(List.of(new CatalogImage("python_3.11", PATH)));
    }

    private FreeStyleBuild buildWith(JobRecord... jobs) throws Exception {
        FreeStyleBuild build = j.buildAndAssertSuccess(project);
        for (JobRecord job : jobs) {
            SlurmJobsAction.of(build).add(job, build, 1_000);
        }
        return build;
    }

    private HtmlPage page(FreeStyleBuild build, String path) throws Exception {
        return j.createWebClient().getPage(build, path);
    }

    @Test
    void jobsOfABuildAndTheirDetails() throws Exception {
        JobRecord failed = EndedJobs.job12(Outcome.ofExitCode(7));
        FreeStyleBuild build = buildWith(failed, EndedJobs.waiting13(HOSTILE));
        HtmlPage list = page(build, "slurm-jobs/");
        String text = list.asNormalizedText();
        assertTrue(text.contains("Slurm job 12"), text);
        assertTrue(text.contains("01:01:01"), text);
        assertTrue(text.contains("pending (" + HOSTILE + ")"), text);
        assertNull(list.querySelector("img[src=x]"));
        String details = page(build, "slurm-jobs/job/" + failed.token() + "/").asNormalizedText();
        assertTrue(details.contains("Job 12 failed with exit code 7"), details);
        assertTrue(details.contains("00:01:00 in the queue"), details);
        JobRecord fine = EndedJobs.job12(Outcome.success());
        String zero =
                page(buildWith(fine), "slurm-jobs/job/" + fine.token() + "/").asNormalizedText();
        assertTrue(zero.contains("Exit code\t0"), zero);
        j.createWebClient().assertFails(build.getUrl() + "slurm-jobs/job/" + "0".repeat(32) + "/", 404);
    }

    /** Jenkins answers a part of a page only if that says it may be asked for. */
    @Test
    void thePagesCanBeRefreshedInParts() throws Exception {
        JobRecord array = EndedJobs.submittedArray("14", List.of(0, 1));
        FreeStyleBuild build = buildWith(EndedJobs.waiting13("Resources"), array);
        for (String path : List.of("slurm-jobs/", "slurm-jobs/job/" + array.token() + "/")) {
            HtmlPage page = page(build, path);
            String part = page(build, path + ((DomElement) page.querySelector(".slurm-jobs")).getAttribute("data-url"))
                    .getWebResponse()
                    .getContentAsString();
            assertTrue(part.contains("data-active=\"true\""), part);
            assertTrue(part.contains("0 of 2 tasks completed, 2 waiting"), part);
            assertFalse(part.contains("side-panel"), part);
        }
    }

    @Test
    void thePageOfTheBuildHasALineForEachJob() throws Exception {
        FreeStyleBuild build = buildWith(EndedJobs.job12(Outcome.ofExitCode(7)), EndedJobs.waiting13(HOSTILE));
        HtmlPage page = page(build, "");
        String text = page.asNormalizedText();
        assertTrue(text.contains("Slurm job 12"), text);
        assertTrue(text.contains("failure · exit code 7 · on n1 · waited 00:01:00 · ran 01:01:01"), text);
        assertTrue(text.contains("pending (" + HOSTILE + ")"), text);
        assertNull(page.querySelector("img[src=x]"));
        DomElement lines = page.querySelector(".slurm-jobs");
        assertEquals("true", lines.getAttribute("data-active"));
        String part =
                page(build, lines.getAttribute("data-url")).getWebResponse().getContentAsString();
        assertTrue(part.contains("data-active=\"true\""), part);
        assertFalse(part.contains("side-panel"), part);
        String without = page(buildWith(), "").asNormalizedText();
        assertFalse(without.contains("Slurm job"), without);
    }

    @Test
    void thePageOfAJobHasAPictureOfItsTime() throws Exception {
        JobRecord job = EndedJobs.withHistory(HOSTILE, Outcome.success());
        HtmlPage page = page(buildWith(job), "slurm-jobs/job/" + job.token() + "/");
        DomElement picture = page.querySelector(".slurm-timeline");
        assertEquals(
                "prepared 00:00:10, pending 00:00:10, pending: " + HOSTILE
                        + " 00:00:30, pending: Resources 00:00:10, running 00:00:40",
                picture.getAttribute("aria-label"));
        assertEquals(5, page.querySelectorAll(".slurm-timeline rect").size());
        assertEquals(5, page.querySelectorAll(".slurm-legend li").size());
        assertNull(page.querySelector("img[src=x]"));
        JobRecord asked = EndedJobs.thatAskedFor("4G", "00:01:40", 1L << 30);
        String text =
                page(buildWith(asked), "slurm-jobs/job/" + asked.token() + "/").asNormalizedText();
        assertTrue(text.contains("(25%)"), text);
        assertTrue(text.contains("(40%)"), text);
    }

    @Test
    void failedTasksComeFirstAndLongListsAreFolded() throws Exception {
        Map<Integer, Integer> exitCodes = new HashMap<>();
        IntStream.range(0, 230).forEach(task -> exitCodes.put(task, task == 220 ? 3 : 0));
        JobRecord array = EndedJobs.array("14", exitCodes);
        JobPage job = new JobPage(array, buildWith(array));
        assertEquals(220, job.getFirstTasks().get(0).getIndex());
        assertEquals(
                "Job 14_220 failed with exit code 3 on n220",
                job.getFirstTasks().get(0).getProblem());
        assertEquals("", job.getFirstTasks().get(1).getProblem());
        HtmlPage page = page(buildWith(array), "slurm-jobs/job/" + array.token() + "/");
        assertEquals(200, page.querySelectorAll("section tr td:nth-child(6)").size());
        assertEquals(180, page.querySelectorAll("details tr td:nth-child(6)").size());
        String text = page.asNormalizedText();
        assertTrue(text.contains("Job 14_220 failed with exit code 3 on n220"), text);
        assertTrue(text.contains("180 more tasks"), text);
        assertTrue(page.getWebResponse().getContentAsString().contains("30 more tasks, none of which"), text);
    }

    @Test
    void branchesAddJobsAndSaveTheBuildAtTheSameTime() throws Exception {
        FreeStyleBuild build = buildWith();
        SlurmJobsAction action = SlurmJobsAction.of(build);
        List<Callable<Void>> branches = IntStream.range(0, 400)
                .mapToObj(i -> (Callable<Void>) () -> {
                    action.add(EndedJobs.waiting13("Priority"), build, 1_000);
                    return null;
                })
                .collect(Collectors.toList());
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            for (Future<Void> branch : threads.invokeAll(branches)) {
                branch.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(400, action.getJobs().size());
    }

    @Test
    void aWaitingJobHasReasonAndEstimate() throws Exception {
        JobRecord waiting = EndedJobs.waiting13("Resources");
        FreeStyleBuild build = buildWith(waiting);
        String details = page(build, "slurm-jobs/job/" + waiting.token() + "/").asNormalizedText();
        assertTrue(details.contains("pending (Resources)"), details);
        assertTrue(details.contains("2026-11-24 05:00:00"), details);
    }

    @Test
    void theActionSurvivesSavingAndLoading() throws Exception {
        JobRecord job = EndedJobs.withHistory("Priority", Outcome.success());
        job.description().imageFile(1_000, 2_000, SHA256);
        buildWith(job);
        j.jenkins.reload();
        FreeStyleBuild again =
                j.jenkins.getItemByFullName("nightly", FreeStyleProject.class).getBuildByNumber(1);
        assertEquals(
                job.queue().spans(),
                SlurmJobsAction.of(again).getJobs().get(0).queue().spans());
        JSONObject json = j.getJSON(again.getUrl() + "slurm-jobs/api/json")
                .getJSONObject()
                .getJSONArray("jobs")
                .getJSONObject(0);
        assertEquals("12", json.getString("id"));
        assertEquals("completed", json.getString("state"));
        assertEquals(0, json.getInt("exitCode"));
        assertEquals(1_000, json.getInt("imageSize"));
        assertEquals(SHA256, json.getString("imageSha256"));
    }

    @Test
    void onlyReadersOfTheBuildSeeItsJobs() throws Exception {
        FreeStyleBuild build = buildWith(EndedJobs.job12(Outcome.success()));
        j.jenkins.setSecurityRealm(j.createDummySecurityRealm());
        j.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ)
                .everywhere()
                .to("reader", "stranger")
                .grant(Item.READ)
                .everywhere()
                .to("reader"));
        ImageUsageLog.get().add(PATH, build, SlurmJobsAction.of(build).getJobs().get(0));
        JenkinsRule.WebClient client = j.createWebClient();
        client.login("stranger").assertFails(build.getUrl() + "slurm-jobs/", 404);
        String seen = client.goTo("apptainer-images/image/python_3.11/").asNormalizedText();
        assertFalse(seen.contains("nightly"), seen);
        assertTrue(client.login("reader")
                .getPage(build, "slurm-jobs/")
                .asNormalizedText()
                .contains("Slurm job 12"));
        String uses = client.goTo("apptainer-images/image/python_3.11/").asNormalizedText();
        assertTrue(uses.contains("nightly #1"), uses);
    }

    @Test
    void theLastUsesAreRemembered() throws Exception {
        List<JobRecord> jobs = IntStream.range(0, ImageUsageLog.REMEMBERED + 3)
                .mapToObj(i -> EndedJobs.job12(Outcome.success()))
                .collect(Collectors.toList());
        FreeStyleBuild build = buildWith(jobs.toArray(JobRecord[]::new));
        jobs.forEach(job -> ImageUsageLog.get().add(PATH, build, job));
        ImageUsageLog.get().add(PATH, build, jobs.get(5));
        List<String> tokens =
                ImageUsageLog.get().last(PATH).stream().map(JobPage::getToken).collect(Collectors.toList());
        assertEquals(ImageUsageLog.REMEMBERED, tokens.size());
        assertEquals(jobs.get(5).token(), tokens.get(0));
        assertEquals(jobs.get(jobs.size() - 1).token(), tokens.get(1));
        assertEquals(List.of(), ImageUsageLog.get().last("/images/other.sif"));
        project.delete();
        assertEquals(List.of(), ImageUsageLog.get().last(PATH));
    }

    @Test
    void aKnownDigestBecomesAFingerprint() throws Exception {
        JobRecord job = EndedJobs.withHistory("Priority", Outcome.success());
        job.description().imageFile(1_000, 2_000, SHA256);
        FreeStyleBuild build = buildWith(job);
        ImageFingerprint.add(build, PATH, job);
        ImageFingerprint.add(build, PATH, job);
        String hash = SHA256.substring(0, 32);
        assertTrue(j.jenkins.getFingerprintMap().get(hash).getRangeSet(project).includes(1));
        assertTrue(page(build, "fingerprints/").asNormalizedText().contains("python_3.11.sif"));
    }
}
