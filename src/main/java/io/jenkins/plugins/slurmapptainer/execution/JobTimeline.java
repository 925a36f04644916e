package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.QueueHistory;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A job's time from its creation to its end, as a picture: one part after the other. Immutable. */
@Restricted(NoExternalUse.class)
public final class JobTimeline {
    /** A limit that is far away would leave no room for what has happened. */
    private static final int FAR = 4;

    private static final int COLORS = 5;

    private final List<Part> parts = new ArrayList<>();
    private final long begin;
    private final long end;
    /** When the job would reach its time limit, 0 if that is not shown. */
    private final long limit;

    /**
     * @param limit the time limit, {@code null} if it is not known
     * @param now milliseconds since 1970
     */
    JobTimeline(JobRecord job, @CheckForNull Duration limit, long now) {
        begin = job.created();
        List<QueueHistory.Span> spans = spans(job);
        long last = last(job, spans, now);
        long run = spans.isEmpty() || !spans.get(spans.size() - 1).isRun()
                ? 0
                : spans.get(spans.size() - 1).since();
        boolean far = limit == null || run == 0 || limit.toMillis() / FAR > Math.max(1, last - run);
        this.limit = far ? 0 : run + limit.toMillis();
        end = Math.max(Math.max(last, this.limit), begin + 1);
        long submitted = job.submitted() == 0 ? last : job.submitted();
        long told = add("prepared", "slurm-part--prepared", begin, Math.min(submitted, last));
        if (job.submitted() == 0) {
            return;
        }
        told = add(
                "pending",
                "slurm-part--pending0",
                told,
                spans.isEmpty() ? last : spans.get(0).since());
        List<String> reasons = spans.stream()
                .filter(span -> !span.isRun())
                .map(QueueHistory.Span::reason)
                .distinct()
                .toList();
        for (int i = 0; i < spans.size(); i++) {
            QueueHistory.Span span = spans.get(i);
            long until = i + 1 < spans.size() ? Math.min(spans.get(i + 1).since(), last) : last;
            // The clocks of the nodes may be others.
            if (span.isRun()) {
                told = add("running", "slurm-part--running", told, until);
            } else {
                String color = "slurm-part--pending" + (1 + reasons.indexOf(span.reason()) % COLORS);
                told = add(span.reason().equals("None") ? "pending" : "pending: " + span.reason(), color, told, until);
            }
        }
    }

    /** A job that has run and waits again may be cancelled, and the end of its run is not its end. */
    private static long last(JobRecord job, List<QueueHistory.Span> spans, long now) {
        QueueHistory.Span span = spans.isEmpty() ? null : spans.get(spans.size() - 1);
        long waits = span == null || span.isRun() ? 0 : span.since();
        return Math.max(job.created(), job.outcome() == null ? now : Math.max(job.ended(), waits));
    }

    /** Of a job whose time in the queue was not followed, the run alone is known. */
    private static List<QueueHistory.Span> spans(JobRecord job) {
        List<QueueHistory.Span> spans = new ArrayList<>(job.queue().spans());
        if (job.started() != 0 && spans.stream().noneMatch(QueueHistory.Span::isRun)) {
            spans.add(new QueueHistory.Span(job.started(), ""));
        }
        return spans;
    }

    /** Returns where the next part begins. */
    private long add(String what, String style, long from, long to) {
        if (to <= from) {
            return from;
        }
        parts.add(new Part(what, style, percent(from), percent(to) - percent(from), DurationText.of(to - from)));
        return to;
    }

    private double percent(long time) {
        return Math.min(100.0, Math.max(0.0, 100.0 * (time - begin) / (end - begin)));
    }

    /** The parts in the order of time. Those without length are left out. */
    public List<Part> getParts() {
        return List.copyOf(parts);
    }

    /** Where the time limit is, as for {@link Part#getX}; empty if it is not shown. */
    public String getLimit() {
        return limit == 0 ? "" : Part.text(percent(limit));
    }

    /** The whole picture in words. */
    public String getText() {
        return String.join(", ", parts.stream().map(Part::getText).toList());
    }

    /** A part of the picture. */
    public static final class Part {
        /** Shorter ones would not be seen. */
        private static final double SHORTEST = 0.4;

        private final String what;
        private final String style;
        private final double x;
        private final double width;
        private final String took;

        Part(String what, String style, double x, double width, String took) {
            this.what = what;
            this.style = style;
            this.x = x;
            this.width = width;
            this.took = took;
        }

        /** Its place, as SVG wants it. */
        public String getX() {
            return text(Math.min(x, 100 - SHORTEST));
        }

        public String getWidth() {
            return text(Math.max(width, SHORTEST));
        }

        /** The class of its style. */
        public String getStyle() {
            return style;
        }

        /** What happened, and how long. */
        public String getText() {
            return what + " " + took;
        }

        static String text(double percent) {
            return String.format(Locale.ROOT, "%.2f%%", percent);
        }
    }
}
