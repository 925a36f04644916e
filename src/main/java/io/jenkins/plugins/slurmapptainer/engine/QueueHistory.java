package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a job has waited for in the queue, and since when. Immutable. It is saved with the job's record as one text, with a
 * line for each change: the time, a space and the reason.
 */
public final class QueueHistory implements Serializable {
    /** Reasons may go back and forth for weeks. The last change that is kept stands for those after it, too. */
    static final int MOST = 20;

    /** Some reasons name nodes, and are another text for each. */
    static final int LONGEST = 60;

    static final QueueHistory NONE = new QueueHistory("");

    private static final long serialVersionUID = 1L;
    /** Rows of one answer may say different things about an array. The first counts. */
    private static final long SHORTEST_MILLIS = 1_000;

    private final String changes;

    private QueueHistory(String changes) {
        this.changes = changes;
    }

    /**
     * A stretch of time up to the next one.
     *
     * @param since milliseconds since 1970
     * @param reason Slurm's word for what the job waited for; empty while it ran
     */
    public record Span(long since, String reason) {
        private static Span parse(String line) {
            int space = line.indexOf(' ');
            return new Span(Long.parseLong(line.substring(0, space)), line.substring(space + 1));
        }

        public boolean isRun() {
            return reason.isEmpty();
        }
    }

    /** The stretches in the order in which they were noticed. Each has another reason than the one before it. */
    public List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        changes.lines().forEach(line -> spans.add(Span.parse(line)));
        return spans;
    }

    /**
     * The same with what Slurm says now.
     *
     * @param now milliseconds since 1970
     */
    QueueHistory waitsFor(String reason, long now) {
        String word = word(reason);
        Span last = last();
        if (last != null && (last.reason().equals(word) || !last.isRun() && now - last.since() < SHORTEST_MILLIS)) {
            return this;
        }
        boolean full = last != null && !last.isRun() && changes.lines().count() >= MOST;
        return full ? this : with(word, now);
    }

    /** The same with a start of the job. */
    QueueHistory runs(long now) {
        Span last = last();
        return last != null && last.isRun() ? this : with("", now);
    }

    private static String word(String reason) {
        int comma = reason.indexOf(',');
        int end = Math.min(comma < 0 ? reason.length() : comma, LONGEST);
        String word = reason.substring(0, end).strip().replace('\n', ' ').replace('\r', ' ');
        return word.isEmpty() ? "None" : word;
    }

    private Span last() {
        if (changes.isEmpty()) {
            return null;
        }
        int end = changes.length() - 1;
        return Span.parse(changes.substring(changes.lastIndexOf('\n', end - 1) + 1, end));
    }

    private QueueHistory with(String reason, long now) {
        return new QueueHistory(changes + now + " " + reason + "\n");
    }
}
