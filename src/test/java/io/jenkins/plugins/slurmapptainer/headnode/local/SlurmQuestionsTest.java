package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Jobs may be on other clusters, and people have names. */
class SlurmQuestionsTest {
    private final FakeCommands slurm = new FakeCommands();
    private final List<List<String>> asked = new ArrayList<>();

    private SlurmQuestions about(String... elsewhere) {
        return new SlurmQuestions(slurm, List.of(elsewhere));
    }

    @Test
    void everyClusterIsAskedForItsOwnJobs() throws Exception {
        slurm.squeue = argv -> {
            asked.add(argv);
            boolean beta = argv.contains("--clusters=beta");
            return FakeCommands.ok((beta ? "CLUSTER: beta\n" : "") + FakeCommands.row("12", "RUNNING", "x"));
        };
        List<String> ids =
                about("12;beta").queue().rows().stream().map(QueueEntry::id).collect(Collectors.toList());
        assertEquals(List.of("12", "12;beta"), ids);
        assertEquals(2, asked.size());
        slurm.sacct = argv ->
                FakeCommands.ok(argv.get(argv.indexOf("--jobs") + 1) + "|COMPLETED|0:0|n1|2026-11-23T05:00:00||\n");
        List<String> known = about("12;beta").accounting(List.of("12;beta", "13")).rows().stream()
                .map(AccountingEntry::id)
                .collect(Collectors.toList());
        assertEquals(List.of("13", "12;beta"), known);
    }

    @Test
    void aFederationIsAskedAsAWhole() throws Exception {
        slurm.squeue = argv -> {
            asked.add(argv);
            return FakeCommands.ok("");
        };
        about("67108865").queue();
        about().queue();
        assertTrue(asked.get(0).contains("--federation"), asked.toString());
        assertEquals(asked.get(0).size() - 1, asked.get(1).size());
    }

    @Test
    void restartCountsAreAskedWhenTheyMatter() throws Exception {
        slurm.squeue = argv -> {
            asked.add(argv);
            return FakeCommands.ok(
                    argv.toString().contains("RestartCnt")
                            ? "A notice of the site\n12                                      2           1795430902          \n"
                            : FakeCommands.row("12", "FAILED", "x") + "\n" + FakeCommands.row("13", "FAILED", "x"));
        };
        assertEquals(List.of(-1, -1), restarts(about().queue(false)));
        assertEquals(1, asked.size());
        assertEquals(List.of(2, -1), restarts(about().queue(true)));
        assertEquals(1795430902, about().queue(true).rows().get(0).lastStart());
        assertEquals(5, asked.size());
    }

    @Test
    void rowsCountWithoutRestartCounts() throws Exception {
        slurm.squeue = argv -> argv.toString().contains("RestartCnt")
                ? FakeCommands.fails("squeue: error: Invalid job format specification: RestartCnt")
                : FakeCommands.ok(FakeCommands.row("12", "FAILED", "x"));
        assertEquals(List.of(-1), restarts(about().queue(true)));
    }

    private static List<Integer> restarts(SlurmQuestions.Answer<QueueEntry> answer) {
        return answer.rows().stream().map(QueueEntry::restarts).collect(Collectors.toList());
    }

    @Test
    void withoutTheAnswerOfEveryClusterThereIsNoAnswer() throws Exception {
        slurm.squeue = argv -> argv.contains("--clusters=beta")
                ? FakeCommands.fails("squeue: error: 'beta' can't be reached now")
                : FakeCommands.ok(FakeCommands.row("13", "RUNNING", "x"));
        SlurmQuestions.Answer<QueueEntry> answer = about("12;beta").queue();
        assertNull(answer.rows());
        assertTrue(answer.error().contains("beta"), answer.error());
    }

    @Test
    void whoCancelledAJobIsNamed() throws Exception {
        slurm.sacct = argv -> FakeCommands.ok("12|CANCELLED by 1000|0:15|n1|2026-11-23T05:00:00||\n");
        slurm.getent = argv -> FakeCommands.ok("alice:x:1000:1000:Alice:/home/alice:/bin/bash\n");
        assertEquals("CANCELLED by alice", canceller());
        slurm.getent = argv -> FakeCommands.fails("");
        assertEquals("CANCELLED by 1000", canceller());
        slurm.getent = argv -> {
            throw new IOException("no such program");
        };
        assertEquals("CANCELLED by 1000", canceller());
    }

    private String canceller() throws InterruptedException {
        return about().accounting(List.of("12")).rows().get(0).printedState();
    }
}
