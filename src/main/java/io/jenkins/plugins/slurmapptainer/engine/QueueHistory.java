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

    static final int LONGEST = 100;

    static final QueueHistory NONE = new QueueHistory("");

    private static final long serialVersionUID = 1L;
    /** The reason that names the nodes behind a comma, and so is another text whenever one more fails. */
    private static final String NAMES_NODES = "ReqNodeNotAvail";

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
        if (last != null && last.reason().equals(word)) {
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
        if (reason.startsWith(NAMES_NODES)) {
            return NAMES_NODES;
        }
        String word = reason.strip().replace('\n', ' ').replace('\r', ' ');
        if (word.isEmpty()) {
            return "None";
        }
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST - 1) + "…";
    }

    private Span last() {
        if (changes.isEmpty()) {
            return null;
        }
        int end = changes.length() - 1;
        return Span.parse(changes.substring(changes.lastIndexOf('\n', end - 1) + 1, end));
    }

    private QueueHistory with(String reason, long now) {
        // A job may be started again and again. Of its first time in the queue and of its last ones, enough is kept.
        String kept = changes.lines().count() < 2 * MOST ? changes : withoutSecondAndThird();
        return new QueueHistory(kept + now + " " + reason + "\n");
    }

    private String withoutSecondAndThird() {
        int first = changes.indexOf('\n') + 1;
        int second = changes.indexOf('\n', first) + 1;
        int third = changes.indexOf('\n', second) + 1;
        return changes.substring(0, first) + changes.substring(third);
    }
}
