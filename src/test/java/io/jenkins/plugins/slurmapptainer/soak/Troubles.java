package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.realcluster.Operator.Event;
import java.util.List;

/** What really happened to the cluster and when. Times in seconds since 1970. */
record Troubles(List<Event> events) {
    /** After this time {@code slurmctld} has saved what it knows. */
    private static final double SAVED_AFTER = 10;
    /** A node that is back is still without jobs for a while. */
    private static final double AFTERMATH = 15;

    /** Whether a node was down or died at some time of a span; one whose name is not known may be any. */
    boolean nodeWasLost(String node, double from, double to) {
        return events.stream()
                .filter(event -> event.words().get(0).matches("node-down|crash-node"))
                .filter(event -> node.isEmpty() || event.words().get(1).equals(node))
                .anyMatch(event -> event.from() <= to && event.to() + AFTERMATH >= from);
    }

    /** Whether Slurm may have forgotten what happened at a moment. */
    boolean mayBeForgotten(double time) {
        return killed(time - 1, time + SAVED_AFTER);
    }

    /** Whether Slurm may have forgotten, by a moment, what it had taken just before. */
    boolean forgotBefore(double time) {
        return killed(time - SAVED_AFTER, time);
    }

    /** Whether a job that starts now may have the id of one that runs. */
    boolean idMayRunAlready(double time) {
        return killed(time - SAVED_AFTER, time + SAVED_AFTER);
    }

    /** Whether {@code slurmctld} was killed in a span. */
    boolean killed(double from, double to) {
        return events.stream()
                .filter(event -> event.words().get(0).equals("kill-slurmctld"))
                .anyMatch(event -> event.from() <= to && event.to() >= from);
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        events.forEach(event -> text.append(String.format(
                java.util.Locale.ROOT,
                "    %.3f to %.3f %s%n",
                event.from(),
                event.to(),
                String.join(" ", event.words()))));
        return text.toString();
    }
}
