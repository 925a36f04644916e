package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import org.junit.jupiter.api.Test;

class StatusTextTest {
    private final JobRecord job = EngineFixture.record();

    private String text() {
        return StatusText.of(job);
    }

    @Test
    void theStatusNamesEachPhaseOfTheJob() {
        assertEquals("preparing the Slurm job", text());
        job.submitting("agent1");
        assertEquals("submitting the Slurm job", text());
        job.submitted("12", 1);
        assertEquals("Slurm job 12 is submitted", text());
        job.queueSays("PENDING", "Resources", "");
        assertEquals("Slurm job 12 is pending (Resources)", text());
        job.queueSays("PENDING", "None", "");
        assertEquals("Slurm job 12 is pending", text());
        job.attemptStarted(0, "n1", 2);
        assertEquals("Slurm job 12 is running on n1", text());
        job.ended(Outcome.ofExitCode(0), 3);
        assertEquals("Slurm job 12 has ended", text());
    }

    @Test
    void theStatusSaysThatTheJobIsBeingStopped() {
        job.cancelling();
        assertEquals("being stopped: preparing the Slurm job", text());
        job.submitting("agent1");
        job.submitted("12", 1);
        job.attemptStarted(0, "n1", 2);
        assertEquals("being stopped: Slurm job 12 is running on n1", text());
        job.ended(Outcome.of(Outcome.Kind.CANCELLED, ""), 3);
        assertEquals("Slurm job 12 has ended", text());
    }

    @Test
    void theConsoleSaysWhyNobodyWaitsForACancelledJob() {
        assertEquals("Nothing has been submitted, and nothing will be", StatusText.leaving(job, false));
        job.submitting("agent1");
        assertEquals(
                "sbatch has not answered; the job is cancelled as soon as its id is known",
                StatusText.leaving(job, false));
        job.submitted("12", 1);
        assertEquals(
                "No head node can cancel job 12 now; it is cancelled as soon as one can",
                StatusText.leaving(job, false));
        assertEquals(
                "Slurm has not confirmed the end of job 12 yet; it is still being cancelled",
                StatusText.leaving(job, true));
        job.ended(Outcome.ofExitCode(0), 3);
        assertEquals("Job 12 has ended; the build does not wait for its outputs", StatusText.leaving(job, false));
    }
}
