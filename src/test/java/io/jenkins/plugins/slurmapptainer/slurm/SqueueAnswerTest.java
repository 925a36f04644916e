package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fixtures are written with {@code |} for the separator, so that people can read them. */
class SqueueAnswerTest {
    private static List<QueueEntry> fixture(String name) throws IOException {
        try (InputStream in = SqueueAnswerTest.class.getResourceAsStream(name)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SqueueAnswer.read(QueueScope.OWN, text.replace("|", SlurmCommands.SEPARATOR));
        }
    }

    @Test
    void readsRowsOfAllKinds() throws IOException {
        List<QueueEntry> rows = fixture("squeue.txt");
        assertEquals(
                new QueueEntry(
                        "101",
                        JobState.PENDING,
                        "PENDING",
                        "",
                        "",
                        "0:00",
                        "Resources",
                        "jenkins:0123456789abcdef0123456789abcdef"),
                rows.get(0));
        assertEquals(
                new QueueEntry(
                        "102", JobState.RUNNING, "RUNNING", "n[1-2]", "2026-11-22T23:40:24", "1-02:03:04", "None", ""),
                rows.get(1));
        assertEquals(
                "101 102 103_[1-10%2] 104_7 105+0 106 107 108 109 110",
                rows.stream().map(QueueEntry::id).collect(Collectors.joining(" ")));
    }

    @ParameterizedTest
    @CsvSource({"106,UNKNOWN,FROBNICATING", "107,CANCELLED,CANCELLED", "108,COMPLETING,COMPLETING"})
    void readsStates(String id, JobState state, String printed) throws IOException {
        QueueEntry row = fixture("squeue.txt").stream()
                .filter(r -> r.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertEquals(state, row.state());
        assertEquals(printed, row.printedState());
    }

    @Test
    void keepsWeirdReasonsAndComments() throws IOException {
        List<QueueEntry> rows = fixture("squeue.txt");
        assertEquals(
                "(ReqNodeNotAvail, UnavailableNodes:n[1-2],n7)", rows.get(4).reason());
        assertEquals("launch failed requeued held", rows.get(7).reason());
        assertEquals("a comment with = and ; and \ufffd\ufffd", rows.get(8).comment());
    }

    @Test
    void noticesOfTheSiteAreSkipped() throws IOException {
        assertEquals(List.of(), fixture("squeue-banner.txt"));
        assertEquals(List.of(), SqueueAnswer.read(QueueScope.OWN, ""));
    }

    @Test
    void restartCountsAreRead() {
        String printed =
                "1283001                                 2           1795430902          1795430990          \n"
                        + "1283103_0                               0           N/A                 N/A                 \n"
                        + "1283103_[1-3%1]                         0           N/A                 \n"
                        + "1283104                                 3           2026-11-23T13:24:18 \n"
                        + "1283105+1                               1           \n";
        assertEquals(
                Map.of(
                        "1283001;beta",
                        new RestartCounts(2, 1795430902, 1795430990),
                        "1283103_0;beta",
                        new RestartCounts(0, 0, 0),
                        "1283105+1;beta",
                        new RestartCounts(1, 0, 0)),
                SqueueAnswer.runs(QueueScope.cluster("beta"), printed));
    }

    @Test
    void theClusterThatRunsAJobKnowsItsStarts() {
        String printed = "67108865    0    N/A\n67108865    1    1795430902\n67108865    0    N/A\n";
        assertEquals(
                Map.of("67108865", new RestartCounts(1, 1795430902, 0)), SqueueAnswer.runs(QueueScope.OWN, printed));
    }

    @Test
    void aSeparatorInTheCommentBreaksNothing() {
        String row = String.join(SlurmCommands.SEPARATOR, "5", "RUNNING", "n1", "N/A", "0:01", "None", "a", "b");
        assertEquals("5", SqueueAnswer.read(QueueScope.OWN, row).get(0).id());
    }

    @Test
    void tenThousandRowsAreRead() {
        String rows = IntStream.range(1, 10_001)
                .mapToObj(i ->
                        String.join(SlurmCommands.SEPARATOR, "" + i, "PENDING", "", "N/A", "0:00", "Priority", "c" + i))
                .collect(Collectors.joining("\n"));
        assertEquals(10_000, SqueueAnswer.read(QueueScope.OWN, rows).size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "1|`slurm_load_jobs error: Unable to contact slurm controller (connect failure)`",
                "0|`slurm_load_jobs error: Socket timed out on send/recv operation`",
                "0|`squeue: error: _parse_next_key: Parsing error at unrecognized key: Foo`",
                "1|``",
                "127|`squeue: not found`"
            })
    void anUntrustworthyAnswerIsAFailure(int exitCode, String stderr) {
        Optional<String> failure = SqueueAnswer.failure(new CommandResult(exitCode, "", stderr));
        assertEquals(Optional.of(stderr.isEmpty() ? "squeue ended with exit code 1" : stderr), failure);
    }

    @Test
    void noAnswerInTimeIsAFailure() {
        assertTrue(SqueueAnswer.failure(new CommandResult(CommandResult.TIMED_OUT, "12", ""))
                .isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {"``", "`squeue: warning: old configuration`", "`Welcome`"})
    void noticesOnStandardErrorAreNoFailure(String stderr) {
        assertEquals(Optional.empty(), SqueueAnswer.failure(new CommandResult(0, "", stderr)));
    }
}
