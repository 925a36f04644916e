package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.ReturnedOutput;
import io.jenkins.plugins.slurmapptainer.headnode.Transfer;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** What follows on the end of one job: its outputs are copied, the end is told, the directory is cleaned up. */
final class JobCompletion {
    private static final Logger LOGGER = Logger.getLogger(JobCompletion.class.getName());
    /** Ends of a job that a full disk can lead to. */
    private static final Set<Outcome.Kind> MAYBE_FULL =
            EnumSet.of(Outcome.Kind.FAILURE, Outcome.Kind.SIGNAL, Outcome.Kind.LAUNCH_FAILURE, Outcome.Kind.UNKNOWN);

    /** How {@link CollectAnswer#space()} begins. */
    private static final String NO_SPACE = "no space left";

    /** Problems with files that the outcome names. */
    private static final int MAX_NAMED = 5;

    private static final long FIRST_RETRY_MILLIS = 2_000;
    private static final long MAX_RETRY_MILLIS = 60_000;

    private final JobRecord record;
    private final JobHost host;
    private final HeadNodes headNodes;
    private final JobThreads threads;
    private final FilesTurn turn;
    private final Supplier<EngineSettings> settings;
    private final OutageTimer waiting;
    private final JobLog log;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private String lastTrouble = "";
    private boolean returned;

    JobCompletion(
            JobRecord record,
            JobHost host,
            HeadNodes headNodes,
            JobThreads threads,
            FilesTurn turn,
            Supplier<EngineSettings> settings) {
        this.record = record;
        this.log = new JobLog(record, host);
        this.host = host;
        this.headNodes = headNodes;
        this.threads = threads;
        this.turn = turn;
        this.settings = settings;
        this.waiting = new OutageTimer(record::uncopied, this::save);
    }

    /** What {@link #begin} and {@link #finish} have to do. */
    Work work() {
        boolean files = record.isOutputReturned()
                || !record.outputs().outputs().isEmpty()
                || !record.taskOutputs().outputs().isEmpty();
        if (files && !record.isCollected()) {
            return Work.FILES;
        }
        return mayBeFull(record.outcome()) ? Work.CALL : Work.RECORD;
    }

    private static boolean mayBeFull(@CheckForNull Outcome outcome) {
        return outcome != null
                && MAYBE_FULL.contains(outcome.kind())
                && !outcome.detail().contains(NO_SPACE);
    }

    /** The job has just ended; the record has its outcome. */
    void begin() {
        explain();
        finish();
    }

    /** Carries on until the end has been told. */
    void finish() {
        try {
            if (!record.isCollected()) {
                collect();
            }
        } catch (IOException e) {
            later(String.valueOf(e.getMessage()));
            return;
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down; the outputs are copied after the restart");
            return;
        } catch (RuntimeException | Error e) {
            withoutOutputs(e);
        }
        tell();
    }

    /** An error of a program would come again. */
    private void withoutOutputs(Throwable trouble) {
        LOGGER.log(Level.WARNING, trouble, () -> "cannot copy the outputs of job " + record.jobId());
        Outcome outcome = record.outcome();
        if (outcome != null && outcome.isSuccess()) {
            record.ended(
                    new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, "outputs: they were not copied: " + trouble),
                    record.ended());
        }
        record.collected();
    }

    /** A job on a full disk may leave nothing that says so: its output and its record stand on that disk, too. */
    private void explain() {
        Outcome outcome = record.outcome();
        if (outcome == null || !mayBeFull(outcome)) {
            return;
        }
        try {
            CollectAnswer answer =
                    headNodes.any(record.headNode()).headNode().collect(CollectRequest.space(record.directory()));
            if (!answer.space().isEmpty()) {
                String detail = outcome.detail().isEmpty() ? "" : outcome.detail() + "; ";
                record.ended(outcome.withDetail(detail + answer.space()), record.ended());
                host.save();
            }
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.FINE, e, () -> "cannot ask whether there is room in " + record.directory());
        } catch (InterruptedException e) {
            // Shutting down: told again after the restart.
            Thread.currentThread().interrupt();
        }
    }

    private void collect() throws IOException, InterruptedException {
        HeadNode headNode = headNodes.any(record.headNode()).headNode();
        if (record.isOutputReturned() && record.submitted() > 0 && !returned) {
            giveBack(headNode);
            returned = true;
        }
        CollectAnswer answer = copy(record.outputs(), headNode).and(copy(record.taskOutputs(), headNode));
        if (!answer.files().isEmpty()) {
            host.say("Outputs in the workspace: "
                    + StatusText.count(answer.files().size(), "file") + ", " + ByteText.of(answer.bytes()));
        }
        answer.notes().forEach(note -> host.say("Outputs: " + note));
        answer.problems().forEach(problem -> host.say("Outputs: " + problem));
        String unkept = kept(answer.files());
        List<String> problems = new ArrayList<>(answer.problems());
        if (!unkept.isEmpty()) {
            problems.add(unkept);
        }
        String problem = some(problems);
        if (!problem.isEmpty()) {
            lacksOutputs(problem);
        }
        record.lacks(answer.missing());
        record.collected();
        host.save();
    }

    /** The first problems in one line; the console has more of them. */
    private static String some(List<String> problems) {
        String first = problems.stream().limit(MAX_NAMED).collect(Collectors.joining("; "));
        int more = problems.size() - MAX_NAMED;
        return more > 0 ? first + "; and " + more + " more, see above" : first;
    }

    /** The output of a job that failed is of no use to the build, but tells why. */
    private void giveBack(HeadNode headNode) throws IOException, InterruptedException {
        Outcome outcome = record.outcome();
        if (outcome == null || !outcome.isSuccess()) {
            show(headNode);
            return;
        }
        byte[] bytes = headNode.returnedOutput(record.directory());
        String problem = ReturnedOutput.problem(bytes);
        if (problem.isEmpty()) {
            host.returned(bytes);
        } else {
            record.ended(new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, problem), record.ended());
        }
    }

    /** There may be none: the program has perhaps never started. */
    private void show(HeadNode headNode) throws InterruptedException {
        try {
            byte[] bytes = headNode.returnedOutput(record.directory());
            host.output(bytes, Math.min(bytes.length, ReturnedOutput.MAX));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "no output of job " + record.jobId() + " to show");
        }
    }

    private CollectAnswer copy(CollectRequest request, HeadNode headNode) throws IOException, InterruptedException {
        if (request.outputs().isEmpty()) {
            return CollectAnswer.NOTHING;
        }
        CollectAnswer answer = headNode.collect(request);
        if (record.isWorkspaceRemote() && !answer.files().isEmpty()) {
            return new Transfer(headNode, host.workspace(), host::say).fetch(request, answer);
        }
        return answer;
    }

    /** @return why they could not be kept, empty if they were */
    private String kept(List<String> files) throws InterruptedException {
        try {
            host.collected(files);
            return "";
        } catch (IOException e) {
            host.say("Outputs: " + e.getMessage());
            return String.valueOf(e.getMessage());
        }
    }

    /** What passes by itself is waited for, but neither for ever nor by a build that was stopped. */
    private void later(String trouble) {
        if (record.isCancelling()) {
            host.say("The outputs were not copied: " + trouble);
            giveUp();
            return;
        }
        long limit = settings.get().fileLimit().toMillis();
        long tried = waiting.millis(limit);
        if (tried >= limit) {
            String words = "not copied, tried for " + DurationText.of(tried) + ": " + trouble + "; they are in "
                    + record.outputs().workingDirectory();
            host.say("Outputs: " + words);
            lacksOutputs(words);
            record.lacks(record.outputs().outputs().stream()
                    .map(FilePattern::pattern)
                    .toList());
            giveUp();
            return;
        }
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            host.say("Cannot copy the outputs now, will try again for up to " + DurationText.of(limit) + ": "
                    + trouble);
        }
        long delay = Math.min(retryMillis, limit - tried);
        log.fine(() -> "outputs are tried again in " + delay + " ms: " + trouble);
        threads.schedule(work(), turn.told(work(), this::finish, delay), delay);
        retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
    }

    private void giveUp() {
        record.collected();
        save();
        tell();
    }

    private void lacksOutputs(String problem) {
        Outcome outcome = record.outcome();
        if (outcome != null && outcome.isSuccess()) {
            record.ended(new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, "outputs: " + problem), record.ended());
        }
    }

    private void save() {
        try {
            host.save();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot save the record of job " + record.jobId());
        }
    }

    private CollectRequest.Afterwards afterwards(Outcome outcome) {
        if (!host.keepsDirectory(outcome)) {
            return CollectRequest.Afterwards.REMOVE;
        }
        return outcome.isSuccess() ? CollectRequest.Afterwards.KEEP_SUCCEEDED : CollectRequest.Afterwards.KEEP_FAILED;
    }

    private void tell() {
        Outcome outcome = record.outcome();
        if (outcome == null) {
            throw new IllegalStateException("an ended job has an outcome");
        }
        try {
            host.ended(outcome);
            log.fine(() -> "the build knows: " + outcome.kind());
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot tell the end of job " + record.jobId());
            host.failed(e);
        }
        // Nobody waits for that, and a large directory takes its time.
        threads.execute(Work.REMOVAL, () -> cleanUp(outcome));
    }

    private void cleanUp(Outcome outcome) {
        try {
            CollectAnswer answer = headNodes
                    .any(record.headNode())
                    .headNode()
                    .collect(CollectRequest.cleanUp(record.directory(), afterwards(outcome)));
            answer.notes().forEach(note -> LOGGER.warning(() -> "job " + record.jobId() + ": " + note));
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(
                    Level.FINE, e, () -> "cannot clean up " + record.directory().path());
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down");
        }
    }
}
