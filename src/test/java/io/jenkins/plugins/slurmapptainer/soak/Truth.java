package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a job itself wrote down, independently of the plugin's records. */
final class Truth {
    private static final Pattern LINE = Pattern.compile(
            "(?<what>start|end) job=(?<job>[0-9]+) attempt=(?<attempt>[0-9]*) time=(?<time>[0-9.]+) ?(code=(?<code>[0-9]+))?(?<term> by=TERM)?\\s*");

    /**
     * @param code as a shell has it, -1 for a start
     * @param byTerm whether the end answers a signal from outside
     */
    record Line(boolean start, String job, int attempt, double time, int code, boolean byTerm) {
        String text() {
            String what = start ? "start" : "end with " + code + (byTerm ? " by TERM" : "");
            return String.format(Locale.ROOT, "%.3f job %s attempt %d: %s", time, job, attempt, what);
        }
    }

    private final List<Line> lines = new ArrayList<>();

    /** Nothing is written by a job that has not started. */
    static Truth of(Path file) throws IOException {
        Truth truth = new Truth();
        if (Files.exists(file)) {
            for (String text : Files.readAllLines(file)) {
                Matcher m = LINE.matcher(text);
                if (!m.matches()) {
                    throw new IOException("not understood: " + text);
                }
                truth.lines.add(new Line(
                        m.group("what").equals("start"),
                        m.group("job"),
                        m.group("attempt").isEmpty() ? 0 : Integer.parseInt(m.group("attempt")),
                        Double.parseDouble(m.group("time")),
                        m.group("code") == null ? -1 : Integer.parseInt(m.group("code")),
                        m.group("term") != null));
            }
        }
        return truth;
    }

    /** Number of different jobs that started the script. */
    long jobs() {
        return lines.stream().map(Line::job).distinct().count();
    }

    /** Highest attempt that started, -1 for none. */
    int lastAttempt() {
        return lines.stream().filter(Line::start).mapToInt(Line::attempt).max().orElse(-1);
    }

    /** The end of an attempt, if the program came to it. */
    Optional<Line> end(int attempt) {
        return lines.stream()
                .filter(line -> !line.start() && line.attempt() == attempt)
                .findFirst();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        lines.forEach(line -> text.append("    ").append(line.text()).append('\n'));
        return text.toString();
    }
}
