package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The tasks of an array, followed with a clock and a scheduler that go by hand. */
final class ArrayFixture {
    private record Planned(long due, Runnable action) {}

    final JobRecord record;
    final RecordingClient client = new RecordingClient(EngineFixture.plan());
    final List<Outcome> ends = new ArrayList<>();
    final List<Outcome> dooms = new ArrayList<>();
    final Set<Integer> forgotten = new HashSet<>();
    int saves;
    int answers;
    private final List<Planned> planned = new ArrayList<>();
    private long now = 1_000_000;
    private ArrayTasks tasks;

    ArrayFixture(JobRecord record) {
        this.record = record;
    }

    static ArrayFixture of(Integer... indexes) {
        return new ArrayFixture(EndedJobs.submittedArray("123", List.of(indexes))).begin();
    }

    ArrayFixture begin() {
        return begin(client);
    }

    /** @param console instead of the usual */
    ArrayFixture begin(JobClient console) {
        tasks = new ArrayTasks(
                record,
                console,
                threads(),
                owner(),
                tracker -> forgotten.add(tracker.watch().task()),
                () -> now);
        return this;
    }

    /** What is executed or planned is done by {@link #pass}. */
    JobThreads threads() {
        return (work, task, delay) -> planned.add(new Planned(now + delay, task));
    }

    private JobOwner owner() {
        return new JobOwner() {
            @Override
            public void started(StartRecord start) {}

            @Override
            public void end(Outcome outcome) {
                ends.add(outcome);
            }

            @Override
            public void cancelFor(Outcome reason) {
                dooms.add(reason);
                record.cancelFor(reason);
            }

            @Override
            public void changed() {
                saves++;
            }

            @Override
            public void silentFor(long millis, String why) {}

            @Override
            public void answered() {
                answers++;
            }
        };
    }

    long now() {
        return now;
    }

    List<JobTracker> trackers() {
        return tasks.trackers();
    }

    JobTracker tracker(int index) {
        return trackers().stream()
                .filter(f -> f.watch().task() == index)
                .findFirst()
                .orElseThrow();
    }

    TaskRecord task(int index) {
        return record.tasks().stream()
                .filter(t -> t.index() == index)
                .findFirst()
                .orElseThrow();
    }

    /** Lets time go by, and does what is due. */
    void pass(long millis) {
        now += millis;
        List<Planned> due = planned.stream().filter(p -> p.due() <= now).toList();
        planned.removeAll(due);
        due.forEach(p -> p.action().run());
    }

    /** Things that are still planned. */
    int planned() {
        return planned.size();
    }

    private void news(int index, String output, StartRecord start, ExitRecord exit) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        long from = Math.max(0, tracker(index).watch().offset());
        tracker(index).observed(new JobNews(new JobToken(record.token()), index, bytes, from, start, exit), null, null);
    }

    void starts(int index) {
        startsAs("123_" + index, index);
    }

    void startsAs(String id, int index) {
        news(index, "", new StartRecord(id, 0, 2, "n1"), null);
    }

    void prints(int index, String output) {
        news(index, output, null, null);
    }

    void exits(int index, int code) {
        long size = task(index).offset();
        news(index, "", null, new ExitRecord("123_" + index, 0, 9, code, true, false, false, size));
    }

    /** All that have not ended are told what squeue has said, as the monitor does. */
    void queue(QueueEntry... rows) {
        trackers().stream()
                .filter(f -> !forgotten.contains(f.watch().task()))
                .forEach(f -> f.observed(null, QueueEntry.byId(List.of(rows)), null));
    }

    /** The same, and again after a while. */
    void queueFor(long millis, QueueEntry... rows) {
        queue(rows);
        pass(millis);
        queue(rows);
    }

    String outcomes() {
        return String.join(
                " ",
                record.tasks().stream()
                        .map(t -> t.index() + ":"
                                + (t.outcome() == null ? "-" : "" + t.outcome().kind()))
                        .toList());
    }
}
