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

    static final QueueHistory NONE = new QueueHistory("");

    private static final long serialVersionUID = 1L;

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
        public boolean isRun() {
            return reason.isEmpty();
        }
    }

    /** The stretches in the order of time. Each has another reason than the one before it. */
    public List<Span> spans() {
        List<Span> spans = new ArrayList<>();
        changes.lines().forEach(line -> {
            int space = line.indexOf(' ');
            spans.add(new Span(Long.parseLong(line.substring(0, space)), line.substring(space + 1)));
        });
        return spans;
    }

    /** The same with what Slurm says now. */
    QueueHistory waitsFor(String reason, long now) {
        return with(reason.isBlank() ? "None" : reason.strip().replaceAll("\\R", " "), now);
    }

    /** The same with a start of the job. */
    QueueHistory runs(long now) {
        return with("", now);
    }

    private QueueHistory with(String reason, long now) {
        List<Span> spans = spans();
        boolean known = !spans.isEmpty() && spans.get(spans.size() - 1).reason().equals(reason);
        // A start is always kept.
        boolean full = spans.size() >= MOST && !reason.isEmpty();
        return known || full ? this : new QueueHistory(changes + now + " " + reason + "\n");
    }
}
