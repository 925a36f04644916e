package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.QueueScope;
import io.jenkins.plugins.slurmapptainer.slurm.SqueueAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A head node in memory with a queue of 10 000 rows, the jobs of the engine first among them. Measures how long the engine
 * needs with an answer of {@code squeue}: from the text to the next call.
 */
final class ManyJobs implements HeadNode {
    static final int ROWS = 10_000;

    private final AtomicInteger ids = new AtomicInteger(1);
    private final Map<String, Integer> tokens = new ConcurrentHashMap<>();
    private final List<Double> matchMillis = new ArrayList<>();
    private final List<Double> allMillis = new ArrayList<>();
    private final CountDownLatch answers;
    private final String queue;
    private long asked;
    private long returned;

    /**
     * @param queue what squeue prints
     * @param answers how many answers of squeue are wanted; there are no more
     */
    ManyJobs(String queue, int answers) {
        this.queue = queue;
        this.answers = new CountDownLatch(answers);
    }

    /** What {@code squeue} prints for that many jobs of 40 bytes of reason and comment each, as real ones have. */
    static String queue(int rows) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= rows; i++) {
            String state = i % 3 == 0 ? "PENDING" : "RUNNING";
            text.append(String.join(
                            "\u001f",
                            String.valueOf(i),
                            state,
                            i % 3 == 0 ? "" : "n" + i % 40,
                            "2026-01-01T00:00:00",
                            "1:23:45",
                            i % 3 == 0 ? "Resources" : "None",
                            String.format("jenkins:%032x", i)))
                    .append('\n');
        }
        return text.toString();
    }

    /** Milliseconds from each answer of squeue to the next call: all jobs have been told. */
    List<Double> matchMillis() throws InterruptedException {
        answers.await();
        synchronized (this) {
            return List.copyOf(matchMillis);
        }
    }

    /** The same, each with the milliseconds that reading the answer took before. */
    List<Double> parsedAndMatchedMillis() throws InterruptedException {
        answers.await();
        synchronized (this) {
            return List.copyOf(allMillis);
        }
    }

    @Override
    public Observation observe(ObserveRequest request) throws InterruptedException {
        synchronized (this) {
            if (returned != 0) {
                long now = System.nanoTime();
                matchMillis.add((now - returned) / 1e6);
                allMillis.add((now - asked) / 1e6);
                answers.countDown();
                returned = 0;
            }
        }
        if (!request.askQueue() || answers.getCount() == 0) {
            Thread.sleep(Math.max(1, request.waitMillis()));
            return Observation.of(new ArrayList<>());
        }
        long begin = System.nanoTime();
        ArrayList<io.jenkins.plugins.slurmapptainer.slurm.QueueEntry> rows =
                new ArrayList<>(SqueueAnswer.read(QueueScope.OWN, queue));
        synchronized (this) {
            asked = begin;
            returned = System.nanoTime();
        }
        return Observation.ofQueue(new ArrayList<>(), rows, "");
    }

    @Override
    public StageAnswer stage(StageRequest request) {
        return new StageAnswer(request.directory().files(), new ArrayList<>(), 0, 0, true);
    }

    @Override
    public SubmitAnswer submit(SubmitRequest request) {
        int id = tokens.computeIfAbsent(request.directory().token().value(), token -> ids.getAndIncrement());
        return SubmitAnswer.submitted(String.valueOf(id));
    }

    @Override
    public CancelAnswer cancel(CancelRequest request) {
        return CancelAnswer.taken();
    }

    @Override
    public byte[] returnedOutput(JobDirectory directory) {
        return new byte[0];
    }

    @Override
    public CollectAnswer collect(CollectRequest request) {
        return CollectAnswer.NOTHING;
    }
}
