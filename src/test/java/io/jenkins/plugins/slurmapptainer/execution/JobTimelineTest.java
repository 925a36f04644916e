package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The picture of a job's time. */
class JobTimelineTest {
    private static List<String> parts(JobTimeline timeline) {
        return timeline.getParts().stream()
                .map(part -> part.getX() + " " + part.getWidth() + " " + part.getText())
                .toList();
    }

    @Test
    void aJobThatHasEndedHasAllItsParts() {
        JobTimeline timeline = new JobTimeline(EndedJobs.withHistory("Priority", Outcome.success()), null, 999_000_000);
        assertEquals(
                List.of(
                        "0.00% 10.00% prepared 00:00:10",
                        "10.00% 10.00% pending 00:00:10",
                        "20.00% 30.00% pending: Priority 00:00:30",
                        "50.00% 10.00% pending: Resources 00:00:10",
                        "60.00% 40.00% running 00:00:40"),
                parts(timeline));
        assertEquals("", timeline.getLimit());
        assertTrue(timeline.getText().startsWith("prepared 00:00:10, pending 00:00:10, "), timeline.getText());
    }

    @Test
    void theLimitIsShownUnlessItIsFarAway() {
        JobRecord job = EndedJobs.withHistory("Priority", Outcome.success());
        // 60 s until the start, and 100 s from there on.
        assertEquals("100.00%", new JobTimeline(job, Duration.ofSeconds(100), 0).getLimit());
        assertEquals("80.00%", new JobTimeline(job, Duration.ofSeconds(20), 0).getLimit());
        assertEquals("", new JobTimeline(job, Duration.ofDays(1), 0).getLimit());
    }

    @Test
    void aJobThatWaitsGoesOnUntilNow() {
        JobRecord job = EndedJobs.waiting13("Resources");
        JobTimeline timeline = new JobTimeline(job, null, job.submitted() + 50_000);
        assertTrue(timeline.getText().endsWith("pending 00:00:50"), timeline.getText());
    }

    /** As of a build that is older than the history, or of a job that started before anybody asked. */
    @Test
    void withoutAHistoryTheRunIsShown() {
        JobRecord job = EndedJobs.of("main", "12", Outcome.success());
        assertEquals("prepared 00:00:01, pending 00:00:01", new JobTimeline(job, null, 0).getText());
        assertTrue(new JobTimeline(EndedJobs.job12(Outcome.success()), null, 0)
                .getText()
                .endsWith("running 01:01:01"));
    }

    /** A node whose clock is an hour ahead or behind. */
    @Test
    void otherClocksOfNodesMoveNothingOutOfThePicture() {
        for (JobRecord job : List.of(
                EndedJobs.startedAt(160_000 - 3_600_000, true),
                EndedJobs.startedAt(160_000 + 3_600_000, true),
                EndedJobs.startedAt(160_000 - 3_600_000, false),
                EndedJobs.startedAt(160_000 + 3_600_000, false))) {
            JobTimeline timeline = new JobTimeline(job, null, 200_000);
            double end = 0;
            for (JobTimeline.Part part : timeline.getParts()) {
                double x = Double.parseDouble(part.getX().replace("%", ""));
                assertEquals(end, x, 0.02, timeline::getText);
                end = x + Double.parseDouble(part.getWidth().replace("%", ""));
            }
            assertEquals(100, end, 0.02, timeline::getText);
        }
    }

    @Test
    void aJobThatWaitsAgainIsNotOver() {
        JobTimeline timeline = new JobTimeline(EndedJobs.requeued(), Duration.ofSeconds(50), 300_000);
        assertEquals(
                "prepared 00:00:10, pending 00:00:50, running 00:00:30, pending: BeginTime 00:01:50",
                timeline.getText());
        assertEquals("", timeline.getLimit());
        assertTrue(new JobTimeline(EndedJobs.cancelledWhileItWaitsAgain(300_000), null, 0)
                .getText()
                .contains("running 00:00:30, pending: BeginTime"));
    }

    @Test
    void aJobThatWasNeverSubmittedWasPrepared() {
        JobRecord job = EndedJobs.neverSubmitted(Outcome.of(Outcome.Kind.SUBMIT_REJECTED, ""));
        new JobTimeline(job, Duration.ofHours(1), 5_000)
                .getParts()
                .forEach(part -> assertTrue(part.getText().startsWith("prepared"), part.getText()));
    }
}
