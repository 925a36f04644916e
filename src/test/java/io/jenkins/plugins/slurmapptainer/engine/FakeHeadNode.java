package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.headnode.WatchedJobs;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.Export;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** A head node in memory that does what a test says. Every call stands in {@link #calls}. */
final class FakeHeadNode implements HeadNode {
    /** What the job has written so far. */
    private static final class Files {
        private byte[] output = {};
        private StartRecord started;
        private ExitRecord exit;
    }

    final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Export> exports = new CopyOnWriteArrayList<>(List.of(new Export("FILES_DIR", "/f")));
    private final Deque<SubmitAnswer> submitAnswers = new ArrayDeque<>();
    private final Deque<CancelAnswer> cancelAnswers = new ArrayDeque<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private final Map<String, Runnable> hooks = new HashMap<>();
    private final Map<String, Files> files = new HashMap<>();
    private final Map<String, WatchedJobs> lists = new HashMap<>();
    private final Map<String, QueueEntry> queue = new HashMap<>();
    private String queueError = "";
    /** What is found when outputs are wanted. */
    volatile CollectAnswer outputs = CollectAnswer.NOTHING;

    volatile byte[] printed = {};

    /** What there is to say of the room for files. */
    volatile String space = "";

    private int scripts;
    private int observing;
    private int mostObserving;

    /** The next calls of an operation find nobody. */
    synchronized FakeHeadNode fail(String operation, int times) {
        failures.put(operation, times);
        return this;
    }

    /** Done at the beginning of every call of an operation. */
    synchronized void on(String operation, Runnable hook) {
        hooks.put(operation, hook);
    }

    synchronized void submitAnswers(SubmitAnswer... answers) {
        submitAnswers.addAll(Arrays.asList(answers));
    }

    synchronized void cancelAnswers(CancelAnswer... answers) {
        cancelAnswers.addAll(Arrays.asList(answers));
    }

    synchronized void started(JobRecord job, String id, int attempt) {
        files(job).started = new StartRecord(id, attempt, 1_700_000_000L, "n1");
        notifyAll();
    }

    synchronized void prints(JobRecord job, String text) {
        byte[] more = text.getBytes(StandardCharsets.UTF_8);
        byte[] old = files(job).output;
        byte[] all = Arrays.copyOf(old, old.length + more.length);
        System.arraycopy(more, 0, all, old.length, more.length);
        files(job).output = all;
        notifyAll();
    }

    synchronized void exits(JobRecord job, String id, int attempt, int code, boolean signalled) {
        Files f = files(job);
        f.exit = new ExitRecord(id, attempt, 1_700_000_001L, code, true, signalled, false, f.output.length);
        notifyAll();
    }

    /** The whole short life of a successful job. */
    void succeeds(JobRecord job, String id) {
        started(job, id, 0);
        prints(job, "hello\n");
        exits(job, id, 0, 0, false);
    }

    void lists(String id, JobState state, String reason) {
        lists(id, state, reason, "");
    }

    synchronized void lists(String id, JobState state, String reason, String comment) {
        queue.put(id, row(id, state, reason, comment));
    }

    synchronized void queueFails(String error) {
        queueError = error;
    }

    static QueueEntry row(String id, JobState state, String reason) {
        return row(id, state, reason, "");
    }

    static QueueEntry row(String id, JobState state, String reason, String comment) {
        return new QueueEntry(id, state, state.name(), "", "", "0:00", reason, comment);
    }

    long count(String prefix) {
        return calls.stream().filter(call -> call.startsWith(prefix)).count();
    }

    /** The operations in their order, the long polls left out. */
    String operations() {
        return calls.stream()
                .filter(call -> !call.startsWith("observe"))
                .map(call -> call.split(" ")[0])
                .collect(Collectors.joining(" "));
    }

    /** Number of scripts that have arrived. */
    synchronized int scripts() {
        return scripts;
    }

    synchronized int mostObserving() {
        return mostObserving;
    }

    private Files files(JobRecord job) {
        return files.computeIfAbsent(job.token(), token -> new Files());
    }

    private void called(String operation, String detail) throws IOException {
        calls.add((operation + " " + detail).strip());
        Runnable hook;
        synchronized (this) {
            int left = failures.getOrDefault(operation, 0);
            if (left > 0) {
                failures.put(operation, left - 1);
                throw new IOException("the agent is offline");
            }
            hook = hooks.get(operation);
        }
        if (hook != null) {
            hook.run();
        }
    }

    /** Files that the jobs find by variables of these names. */
    void exports(String... names) {
        for (String name : names) {
            exports.add(new Export(name, "/f/" + name));
        }
    }

    @Override
    public StageAnswer stage(StageRequest request) throws IOException {
        called("stage", "");
        return new StageAnswer(request.directory().files(), new ArrayList<>(exports), 0, 0, true);
    }

    @Override
    public SubmitAnswer submit(SubmitRequest request) throws IOException {
        called(
                "submit",
                request.purpose() == SubmitRequest.Purpose.LOOK_UP
                        ? "look"
                        : request.batchScript().isEmpty() ? "again" : "script");
        synchronized (this) {
            scripts += request.batchScript().isEmpty() ? 0 : 1;
            SubmitAnswer answer = submitAnswers.size() > 1 ? submitAnswers.poll() : submitAnswers.peek();
            if (answer != null) {
                return answer;
            }
            return scripts > 0 ? SubmitAnswer.submitted("12") : SubmitAnswer.notPrepared();
        }
    }

    @Override
    public Observation observe(ObserveRequest request) throws IOException, InterruptedException {
        called("observe", request.askQueue() ? "squeue" : "");
        synchronized (this) {
            observing++;
            mostObserving = Math.max(mostObserving, observing);
            try {
                return observeNow(request);
            } finally {
                observing--;
            }
        }
    }

    private Observation observeNow(ObserveRequest request) throws InterruptedException {
        long end = System.nanoTime() + request.waitMillis() * 1_000_000;
        WatchedJobs watched = lists.computeIfAbsent(request.watches().list(), list -> new WatchedJobs());
        if (!watched.apply(request.watches())) {
            return Observation.ofUnknownList();
        }
        while (true) {
            ArrayList<JobNews> news = watched.all().stream()
                    .map(this::look)
                    .filter(item -> !item.isEmpty())
                    .collect(Collectors.toCollection(ArrayList::new));
            if (request.askQueue()) {
                boolean answers = queueError.isEmpty();
                return Observation.ofQueue(news, answers ? new ArrayList<>(queue.values()) : null, queueError);
            }
            long left = (end - System.nanoTime()) / 1_000_000;
            if (!news.isEmpty() || left <= 0) {
                return Observation.of(news);
            }
            wait(left);
        }
    }

    private JobNews look(ObservedJob watch) {
        JobToken token = watch.token();
        Files f = files.getOrDefault(token.value(), new Files());
        int from = (int) (watch.offset() > f.output.length ? 0 : watch.offset());
        StartRecord started = f.started != null && f.started.attempt() > watch.started() ? f.started : null;
        ExitRecord exit = f.exit != null && f.exit.attempt() > watch.ended() ? f.exit : null;
        return new JobNews(token, Arrays.copyOfRange(f.output, from, f.output.length), from, started, exit);
    }

    @Override
    public CancelAnswer cancel(CancelRequest request) throws IOException {
        called(
                "cancel",
                request.jobId()
                        + (request.how() == CancelRequest.How.HARD
                                ? " hard"
                                : request.how() == CancelRequest.How.IF_WAITING ? " if waiting" : ""));
        synchronized (this) {
            CancelAnswer answer = cancelAnswers.poll();
            return answer == null ? CancelAnswer.taken() : answer;
        }
    }

    @Override
    public byte[] returnedOutput(JobDirectory directory) throws IOException {
        called("returned", "");
        return printed.clone();
    }

    @Override
    public CollectAnswer collect(CollectRequest request) throws IOException {
        if (!request.outputs().isEmpty()) {
            called("fetch", request.outputs().toString());
            return outputs;
        }
        if (request.askSpace()) {
            called("space", "");
            return CollectAnswer.NOTHING.withSpace(space);
        }
        called("collect", request.afterwards() == CollectRequest.Afterwards.REMOVE ? "" : "keep");
        return CollectAnswer.NOTHING;
    }
}
