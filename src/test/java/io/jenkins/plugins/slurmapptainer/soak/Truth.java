package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a job's program itself wrote down, independently of the plugin's records. */
final class Truth {
    private static final Pattern LINE = Pattern.compile(
            "(?<what>start|end|term) job=(?<job>[0-9]+) attempt=(?<attempt>[0-9]*) run=(?<run>[0-9]+) node=(?<node>[a-z0-9]*)"
                    + " time=(?<time>[0-9.]+) ?(code=(?<code>[0-9]+))?(?<term> by=TERM)?\\s*");

    /**
     * The program's end, if it came to it.
     *
     * @param time in seconds since 1970
     * @param code as a shell has it
     * @param byTerm whether it answers a signal from outside
     * @param afterTerm whether such a signal had come before, and was ignored
     */
    record End(double time, int code, boolean byTerm, boolean afterTerm) {}

    /**
     * One run of the program.
     *
     * @param attempt as Slurm counts
     * @param start in seconds since 1970
     */
    record Run(String job, int attempt, String node, double start, Optional<End> end) {
        String text() {
            String first = String.format(Locale.ROOT, "%.3f job %s attempt %d on %s: start", start, job, attempt, node);
            return first
                    + end.map(e -> String.format(
                                    Locale.ROOT,
                                    ", %.3f end with %d%s%s",
                                    e.time,
                                    e.code,
                                    e.byTerm ? " by TERM" : "",
                                    e.afterTerm ? " after TERM" : ""))
                            .orElse(", no end");
        }
    }

    private final List<Run> runs = new ArrayList<>();

    /** Nothing is written by a job that has not started. */
    static Truth of(Path file) throws IOException {
        Truth truth = new Truth();
        List<String> numbers = new ArrayList<>();
        Set<String> terminated = new HashSet<>();
        for (String text : Files.exists(file) ? Files.readAllLines(file) : List.<String>of()) {
            Matcher m = LINE.matcher(text);
            if (!m.matches()) {
                throw new IOException("not understood: " + text);
            }
            double time = Double.parseDouble(m.group("time"));
            int index = numbers.indexOf(m.group("run"));
            if (m.group("what").equals("start")) {
                numbers.add(m.group("run"));
                int attempt = m.group("attempt").isEmpty() ? 0 : Integer.parseInt(m.group("attempt"));
                truth.runs.add(new Run(m.group("job"), attempt, m.group("node"), time, Optional.empty()));
            } else if (m.group("what").equals("term")) {
                terminated.add(m.group("run"));
            } else {
                Run run = truth.runs.get(index);
                End end = new End(
                        time,
                        Integer.parseInt(m.group("code")),
                        m.group("term") != null,
                        terminated.contains(m.group("run")));
                truth.runs.set(index, new Run(run.job, run.attempt, run.node, run.start, Optional.of(end)));
            }
        }
        return truth;
    }

    /** In the order of their starts. */
    List<Run> runs() {
        return runs;
    }

    /** Whether the script ran more often than Slurm was allowed to run it. */
    boolean ranTwice(boolean mayRequeue) {
        long jobs = runs.stream().map(Run::job).distinct().count();
        return jobs > 1 || runs.size() > 1 && !mayRequeue;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        runs.forEach(run -> text.append("    ").append(run.text()).append('\n'));
        return text.toString();
    }
}
