package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads the output of {@link SlurmCommands#sacct}. */
public final class SacctAnswer {
    private static final Pattern ROW = Pattern.compile(
            "(?<id>[0-9][0-9_+]*(\\[[0-9,:.%-]*\\])?)\\|(?<state>[^|]+)\\|(?<code>[0-9]{1,3}):(?<signal>[0-9]{1,3})\\|(?<nodes>[^|]*)"
                    + "\\|(?<submit>[^|]*)\\|(?<origin>.*)");

    private SacctAnswer() {}

    /** All rows, older ones first. One id may have several rows, from a requeued job or from different jobs. */
    public static List<AccountingEntry> read(QueueScope scope, String stdout) {
        return stdout.lines()
                .map(ROW::matcher)
                .filter(Matcher::matches)
                .sorted(Comparator.comparing((Matcher row) -> row.group("submit")))
                .map(row -> new AccountingEntry(
                        scope.qualify(row.group("id")),
                        JobState.parse(row.group("state")),
                        Printable.of(row.group("state")),
                        Integer.parseInt(row.group("code")),
                        Integer.parseInt(row.group("signal")),
                        Printable.of(row.group("nodes")),
                        origin(row.group("origin"))))
                .collect(Collectors.toList());
    }

    /** Comment and submit line; empty if there is only the separator. */
    private static String origin(String fields) {
        return fields.equals("|") ? "" : Printable.of(fields);
    }

    /** What went wrong, if the answer says nothing. */
    public static Optional<String> failure(CommandResult result) {
        if (result.timedOut()) {
            return Optional.of("sacct did not answer in time");
        }
        boolean failed = result.exitCode() != 0 || result.stderr().contains("error:");
        return failed ? Optional.of(Printable.of(result.stderr())) : Optional.empty();
    }
}
