package io.jenkins.plugins.slurmapptainer.slurm;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the output of {@link SlurmCommands#squeue}. */
public final class SqueueAnswer {
    private static final int FIELDS = 7;
    private static final Pattern RUNS =
            Pattern.compile("([0-9][0-9_+]*) +([0-9]{1,6})(?: +([0-9]{1,12}|N/A))?(?: +([0-9]{1,12}|N/A))? *");

    private SqueueAnswer() {}

    /**
     * The rows. Other lines, such as a site's notices, are skipped. Rows of one answer share equal texts, because a job that waits keeps its
     * row.
     */
    public static List<QueueEntry> read(QueueScope scope, String stdout) {
        List<QueueEntry> entries = new ArrayList<>();
        Map<String, String> shared = new HashMap<>();
        UnaryOperator<String> share = text -> {
            String before = shared.putIfAbsent(text, text);
            return before == null ? text : before;
        };
        stdout.lines().forEach(line -> {
            String[] f = line.split(SlurmCommands.SEPARATOR, FIELDS);
            if (f.length == FIELDS && !f[0].isBlank()) {
                entries.add(new QueueEntry(
                        scope.qualify(f[0].strip()),
                        JobState.parse(f[1]),
                        share.apply(Printable.of(f[1])),
                        share.apply(absent(f[2])),
                        share.apply(absent(f[3])),
                        share.apply(absent(f[4])),
                        share.apply(Printable.of(f[5])),
                        absent(f[6])));
            }
        });
        return entries;
    }

    /** The restart counts by id, from the output of {@link SlurmCommands#squeueRuns}. */
    public static Map<String, RestartCounts> runs(QueueScope scope, String stdout) {
        Map<String, RestartCounts> runs = new HashMap<>();
        stdout.lines()
                .map(RUNS::matcher)
                .filter(Matcher::matches)
                .forEach(row -> runs.merge(
                        scope.qualify(row.group(1)),
                        new RestartCounts(Integer.parseInt(row.group(2)), seconds(row.group(3)), seconds(row.group(4))),
                        RestartCounts::or));
        return runs;
    }

    private static long seconds(@CheckForNull String printed) {
        return printed == null || printed.equals("N/A") ? 0 : Long.parseLong(printed);
    }

    /**
     * What went wrong, if the answer cannot be trusted. Some releases exit with 0 and print on standard error that they
     * could not ask. An empty list would then wrongly mean that there are no jobs.
     */
    public static Optional<String> failure(CommandResult result) {
        if (result.timedOut()) {
            return Optional.of("squeue did not answer in time");
        }
        String errors = Printable.of(result.stderr());
        boolean failed = result.exitCode() != 0 || result.stderr().contains("error:");
        return failed
                ? Optional.of(errors.isEmpty() ? "squeue ended with exit code " + result.exitCode() : errors)
                : Optional.empty();
    }

    private static String absent(String field) {
        String text = Printable.of(field);
        return "(null)".equals(text) || "N/A".equals(text) ? "" : text;
    }
}
