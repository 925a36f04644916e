package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The lines about jobs on the page of a build. */
class JobSummariesTest {
    private static JobSummaries of(List<JobRecord> jobs) {
        return new JobSummaries(jobs.stream().map(job -> new JobPage(job, null)).toList());
    }

    private static String text(JobRecord job) {
        JobSummaries summaries = of(List.of(job));
        return summaries.text(summaries.getShown().get(0));
    }

    @Test
    void aLineHasStateAndTimes() {
        assertEquals("completed · on n1 · waited 00:01:00 · ran 01:01:01", text(EndedJobs.job12(Outcome.success())));
        assertEquals(
                "failure · exit code 7 · on n1 · waited 00:01:00 · ran 01:01:01",
                text(EndedJobs.job12(Outcome.ofExitCode(7))));
    }

    @Test
    void anArrayIsOneLineWithCounts() {
        String line = text(EndedJobs.array("14", Map.of(0, 0, 1, 3, 2, 0)));
        assertEquals("failure · 2 of 3 tasks completed, 1 failed", line.replaceAll(" · waited .*", ""));
    }

    @Test
    void aJobThatWaitsHasItsReason() {
        assertEquals(
                "pending (Resources)", text(EndedJobs.waiting13("Resources")).replaceAll(" · waited .*", ""));
    }

    @Test
    void ofManyJobsThoseThatFailedOrRunAreShownInTheirOrder() {
        List<JobRecord> jobs = new ArrayList<>();
        IntStream.range(0, 30).forEach(i -> jobs.add(EndedJobs.job12(Outcome.success())));
        jobs.set(3, EndedJobs.waiting13("Resources"));
        jobs.set(20, EndedJobs.job12(Outcome.ofExitCode(1)));
        JobSummaries summaries = of(jobs);
        List<String> tokens =
                summaries.getShown().stream().map(JobPage::getToken).toList();
        int[] shown = {0, 1, 2, 3, 4, 5, 6, 7, 8, 20};
        assertEquals(Arrays.stream(shown).mapToObj(i -> jobs.get(i).token()).toList(), tokens);
        assertEquals(20, summaries.getMore());
        assertEquals(0, of(jobs.subList(0, 10)).getMore());
    }
}
