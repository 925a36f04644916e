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

    private static final int COLORS = 6;

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
        long last = job.ended() == 0 ? now : Math.max(job.ended(), begin);
        long ran = job.started() == 0 ? 0 : Math.max(1, last - job.started());
        this.limit = limit == null || ran == 0 || limit.toMillis() / FAR > ran ? 0 : job.started() + limit.toMillis();
        end = Math.max(Math.max(last, this.limit), begin + 1);
        long submitted = job.submitted() == 0 ? last : job.submitted();
        add("prepared", "slurm-part--prepared", begin, submitted);
        if (job.submitted() == 0) {
            return;
        }
        List<QueueHistory.Span> spans = job.queue().spans();
        long queued = spans.isEmpty()
                ? job.started() == 0 ? last : job.started()
                : spans.get(0).since();
        add("pending", "slurm-part--pending0", submitted, queued);
        List<String> reasons =
                spans.stream().map(QueueHistory.Span::reason).distinct().toList();
        for (int i = 0; i < spans.size(); i++) {
            QueueHistory.Span span = spans.get(i);
            long until = i + 1 < spans.size() ? spans.get(i + 1).since() : last;
            if (span.isRun()) {
                add("running", "slurm-part--running", span.since(), until);
            } else {
                add(
                        span.reason().equals("None") ? "pending" : "pending: " + span.reason(),
                        "slurm-part--pending" + reasons.indexOf(span.reason()) % COLORS,
                        span.since(),
                        until);
            }
        }
    }

    private void add(String what, String style, long from, long to) {
        if (to > from) {
            parts.add(new Part(what, style, percent(from), percent(to) - percent(from), DurationText.of(to - from)));
        }
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
