package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.aggregator.ArgumentsAccessor;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.EnumSource;

class VerdictTest {
    private static Evidence evidence(
            ExitRecord exit,
            long exitSeconds,
            boolean complete,
            long outputSeconds,
            String queue,
            String reason,
            long queueSeconds,
            boolean cancelling) {
        return evidence(exit, exitSeconds, complete, outputSeconds, queue, reason, queueSeconds, cancelling, null, "");
    }

    private static final Pattern RESTARTS = Pattern.compile("restarts ([0-9])");

    /** @param more {@code started}, {@code requeue}, {@code restarts 1}, {@code since} and others, in any order */
    private static Evidence evidence(
            ExitRecord exit,
            long exitSeconds,
            boolean complete,
            long outputSeconds,
            String queue,
            String reason,
            long queueSeconds,
            boolean cancelling,
            String accounting,
            String more) {
        Matcher restarts = RESTARTS.matcher(more);
        boolean listed = !List.of("SILENT", "ABSENT", "LEFT_OUT").contains(queue);
        QueueEntry entry = listed
                ? new QueueEntry("12", JobState.parse(queue), queue, "n1", "", "", reason == null ? "" : reason, "")
                : null;
        return new Evidence(
                exit,
                exitSeconds * 1000,
                complete,
                outputSeconds * 1000,
                listed ? Evidence.Queue.LISTED : Evidence.Queue.valueOf(queue),
                entry,
                queueSeconds * 1000,
                more.contains("taken"),
                accounting == null
                        ? null
                        : new AccountingEntry(
                                "12",
                                JobState.parse(accounting),
                                accounting,
                                0,
                                more.contains("signal")
                                        ? Integer.parseInt(more.replaceAll(".*signal ([0-9]+).*", "$1"))
                                        : 0,
                                "n1",
                                ""),
                exit != null || more.contains("started") ? 0 : -1,
                restarts.find() ? Integer.parseInt(restarts.group(1)) : -1,
                more.contains("since"),
                more.contains("later"),
                more.contains("requeue"),
                more.contains("waited"),
                cancelling);
    }

    /** The table of all combinations; an empty outcome means that the job has not ended for all that is known. */
    @ParameterizedTest
    @CsvFileSource(resources = "verdict.csv", useHeadersInDisplayName = true)
    void everyVerdictFollowsTheTable(ArgumentsAccessor row) {
        ExitRecord exit = row.getString(0) == null
                ? null
                : new ExitRecord(
                        "12",
                        0,
                        0,
                        row.getInteger(0),
                        "program".equals(row.getString(3)),
                        row.getString(1) != null,
                        row.getString(2) != null,
                        100,
                        0,
                        row.getString(14) != null && row.getString(14).contains("node lost"),
                        row.getString(14) != null && row.getString(14).contains("again"));
        boolean complete = "all".equals(row.getString(5));
        long outputSeconds = complete ? 9999 : Long.parseLong(row.getString(5).replace("part ", ""));
        Evidence evidence = evidence(
                exit,
                row.getLong(4),
                complete,
                outputSeconds,
                row.getString(6),
                row.getString(7),
                row.getLong(8),
                row.getString(9) != null,
                row.getString(13),
                row.getString(14) == null ? "" : row.getString(14));
        Verdict verdict = Verdict.of(evidence);
        String doom = row.getString(15);
        assertEquals(
                doom,
                verdict.cancelReason() == null
                        ? null
                        : verdict.cancelReason().kind().name());
        String expected = row.getString(10);
        if (expected == null) {
            assertNull(verdict.outcome());
        } else {
            assertEquals(Outcome.Kind.valueOf(expected), verdict.outcome().kind());
            String detail = row.getString(12) == null ? "" : row.getString(12);
            assertTrue(
                    verdict.outcome().detail().contains(detail),
                    verdict.outcome().detail());
            if (exit != null
                    && !evidence.recordIsOld()
                    && verdict.outcome().kind() != Outcome.Kind.OUT_OF_MEMORY
                    && verdict.outcome().kind() != Outcome.Kind.UNKNOWN) {
                assertEquals(exit.exitCode(), verdict.outcome().exitCode());
            }
        }
        assertEquals(row.getString(11) != null, verdict.askQueue(), "ask squeue soon");
    }

    @ParameterizedTest
    @EnumSource(JobState.class)
    void onlyCompletedCanBeASuccessWithoutARecord(JobState state) {
        for (long age : new long[] {0, 61, 3600}) {
            for (boolean cancelling : new boolean[] {true, false}) {
                Outcome outcome = Verdict.of(evidence(null, 0, true, 0, state.name(), "None", age, cancelling))
                        .outcome();
                assertTrue(
                        outcome == null || state == JobState.COMPLETED || !outcome.isSuccess(), state + " " + outcome);
                assertTrue(outcome == null || state.isEnded(), "a job that is alive has not ended: " + state);
            }
        }
    }
}
