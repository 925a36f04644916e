package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Slurm's commands sleep and repeat by themselves, silently; the accounting answers late or never. Faults 5 and 35. */
class SlowSlurmTest {
    @TempDir
    private Path folder;

    private final Map<String, Duration> limits = new HashMap<>();
    private final Map<String, CommandResult> answers =
            new HashMap<>(Map.of("squeue", FakeCommands.ok(FakeCommands.row("12", "RUNNING", "x"))));
    private final CommandRunner slurm = (argv, limit) -> {
        limits.put(argv.get(0), limit);
        return answers.getOrDefault(argv.get(0), FakeCommands.timedOut());
    };
    private final LocalHeadNode node = new LocalHeadNode(slurm);

    private Observation askAbout(String... ids) throws Exception {
        return node.observe(new ObserveRequest(
                folder.toString(),
                WatchChanges.once(List.of()),
                true,
                new ArrayList<>(),
                new ArrayList<>(List.of(ids)),
                false,
                0));
    }

    @Test
    @DisplayName("35: sbatch gets the time that it needs to retry by itself; only then is its job looked for")
    void slowSbatchGetsItsTime() throws Exception {
        JobDirectory job = new JobDirectory(folder + "/c1", JobToken.random());
        Files.createDirectories(Path.of(job.path()));
        SubmitAnswer answer = node.submit(new SubmitRequest(job, "#!/bin/bash\n", JobEnvironment.NONE));
        assertEquals(SubmitAnswer.Result.UNCLEAR, answer.result());
        assertTrue(limits.get("sbatch").toSeconds() >= 300, limits.toString());
        answers.put("squeue", FakeCommands.ok(FakeCommands.row("13", "PENDING", job.comment())));
        assertEquals(
                SubmitAnswer.submitted("13").by(System.getProperty("user.name")),
                node.submit(new SubmitRequest(job, "", JobEnvironment.NONE)));
    }

    @Test
    @DisplayName("5: accounting that hangs or is off does not hold up the queue's answer")
    void hangingSacctDoesNotHoldUpTheQueue() throws Exception {
        for (CommandResult answer :
                List.of(FakeCommands.timedOut(), FakeCommands.fails("Slurm accounting storage is disabled\n"))) {
            answers.put("sacct", answer);
            Observation observed = askAbout("12");
            assertEquals(1, observed.queue().size());
            assertNull(observed.accounting());
            assertTrue(observed.accountingError().matches(".*(in time|disabled)"), observed.accountingError());
        }
        assertTrue(limits.get("sacct").toSeconds() <= 60, limits.toString());
    }

    @Test
    @DisplayName("5: the accounting is not asked about jobs that the queue knows")
    void sacctIsNotAskedAboutKnownJobs() throws Exception {
        askAbout();
        assertNull(limits.get("sacct"));
    }

    @Test
    @DisplayName("6, 7: the answer of sacct is read")
    void answerOfSacctIsRead() throws Exception {
        answers.put("sacct", FakeCommands.ok("12|CANCELLED by 1234|0:15|n1|2026-11-23T05:00:00||\n"));
        assertEquals(JobState.CANCELLED, askAbout("12").accounting().get(0).state());
    }
}
