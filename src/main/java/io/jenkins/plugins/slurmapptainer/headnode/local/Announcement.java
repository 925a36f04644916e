package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a job or task announces by a file's name in {@link JobDirectory#announcements}: there is news in its directory.
 * Only the record in that directory counts, because any job of the account could have made the name.
 *
 * @param token of the job
 * @param task index of the task, {@link JobDirectory#NO_TASK} for the job itself
 * @param ended whether an attempt has ended; otherwise it has started
 * @param attempt the attempt's number
 */
record Announcement(String token, int task, boolean ended, int attempt) {
    private static final Pattern FORM = Pattern.compile(
            "(?<token>[0-9a-f]{32})(\\.(?<task>[0-9]{1,7}))?\\.(?<what>started|ended)\\.(?<attempt>[0-9]{1,6})");

    /** Reads a name. Any other name announces nothing. */
    static Optional<Announcement> parse(String name) {
        Matcher m = FORM.matcher(name);
        return m.matches()
                ? Optional.of(new Announcement(
                        m.group("token"),
                        m.group("task") == null ? JobDirectory.NO_TASK : Integer.parseInt(m.group("task")),
                        m.group("what").equals("ended"),
                        Integer.parseInt(m.group("attempt"))))
                : Optional.empty();
    }

    boolean isOfTask() {
        return task != JobDirectory.NO_TASK;
    }

    /** The name of the file. */
    String name() {
        return token + (isOfTask() ? "." + task : "") + (ended ? ".ended." : ".started.") + attempt;
    }
}
