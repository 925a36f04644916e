package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads what {@link SlurmCommands#sacct} printed. */
public final class SacctAnswer {
    private static final Pattern ROW =
            Pattern.compile("([0-9][0-9_+]*)\\|([^|]+)\\|([0-9]{1,3}):([0-9]{1,3})\\|([^|]*)\\|.*");

    private SacctAnswer() {}

    /** One entry for each job, the last one printed: a job that was requeued may have several rows. */
    public static List<AccountingEntry> read(QueueScope scope, String stdout) {
        Map<String, AccountingEntry> entries = new LinkedHashMap<>();
        stdout.lines().forEach(line -> {
            Matcher row = ROW.matcher(line);
            if (row.matches()) {
                entries.put(
                        row.group(1),
                        new AccountingEntry(
                                row.group(1),
                                JobState.parse(row.group(2)),
                                Printable.of(row.group(2)),
                                Integer.parseInt(row.group(3)),
                                Integer.parseInt(row.group(4)),
                                Printable.of(row.group(5))));
            }
        });
        return entries.values().stream()
                .map(entry -> entry.withId(scope.qualify(entry.id())))
                .collect(Collectors.toList());
    }

    /** What went wrong, if nothing can be learnt from the answer. */
    public static Optional<String> failure(CommandResult result) {
        if (result.timedOut()) {
            return Optional.of("sacct did not answer in time");
        }
        boolean failed = result.exitCode() != 0 || result.stderr().contains("error:");
        return failed ? Optional.of(Printable.of(result.stderr())) : Optional.empty();
    }

    /** Whether the cluster keeps no accounting at all, so that asking again is of no use for a long time. */
    public static boolean isDisabled(String failure) {
        return failure.toLowerCase(Locale.ROOT).contains("accounting storage is disabled");
    }
}
