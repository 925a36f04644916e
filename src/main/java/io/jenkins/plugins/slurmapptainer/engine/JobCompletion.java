package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.ReturnedOutput;
import io.jenkins.plugins.slurmapptainer.headnode.Transfer;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.CountText;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;

/** The steps after the end of one job: copy its outputs, report the end, clean up the directory. */
final class JobCompletion {
    private static final Logger LOGGER = Logger.getLogger(JobCompletion.class.getName());
    /** How many problems with files the outcome names. */
    private static final int MAX_NAMED = 5;

    private final JobRecord record;
    private final JobClient client;
    private final JobConsole console;
    private final HeadNodes headNodes;
    private final JobThreads threads;
    private final FilesTurn turn;
    private final Supplier<EngineSettings> settings;
    private final OutageTimer waiting;
    private final JobLog log;
    private final RecordSaving saving;
    private final Notices notices;
    private final FullDisk fullDisk;
    private final Backoff backoff = new Backoff();
    private boolean returned;

    JobCompletion(
            JobRecord record,
            JobClient client,
            JobLog log,
            HeadNodes headNodes,
            JobThreads threads,
            FilesTurn turn,
            Supplier<EngineSettings> settings,
            RecordSaving saving) {
        this.record = record;
        this.log = log;
        this.client = client;
        this.console = client.console();
        this.headNodes = headNodes;
        this.threads = threads;
        this.turn = turn;
        this.settings = settings;
        this.saving = saving;
        this.waiting = new OutageTimer(record::uncopied, saving::now);
        this.notices = new Notices(console::say);
        this.fullDisk = new FullDisk(record, client, headNodes);
    }

    /** The kind of work that {@link #begin} and {@link #finish} do. */
    Work work() {
        boolean files = record.description().isOutputReturned()
                || !record.outputs().outputs().isEmpty()
                || !record.taskOutputs().outputs().isEmpty();
        if (files && !record.isCollected()) {
            return Work.FILES;
        }
        return fullDisk.isPossible() ? Work.CALL : Work.RECORD;
    }

    /** Called when the job has just ended and the record has its outcome. */
    void begin() {
        fullDisk.explain();
        finish();
    }

    /** Continues until the end has been reported. */
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

    /** Ends without outputs: a programming error would occur again. */
    private void withoutOutputs(Throwable trouble) {
        LOGGER.log(Level.WARNING, trouble, () -> "cannot copy the outputs of job " + record.jobId());
        Outcome outcome = record.outcome();
        if (outcome != null && outcome.isSuccess()) {
            record.ended(
                    new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, "outputs: they were not copied: " + trouble),
                    record.ended());
        }
        record.files().collected();
    }

    private void collect() throws IOException, InterruptedException {
        HeadNode headNode = headNodes.any(record.headNode()).headNode();
        if (record.description().isOutputReturned() && record.submitted() > 0 && !returned) {
            giveBack(headNode);
            returned = true;
        }
        CollectAnswer answer = copy(record.outputs(), headNode).and(copy(record.taskOutputs(), headNode));
        if (!answer.files().isEmpty()) {
            console.say("Outputs in the workspace: "
                    + CountText.of(answer.files().size(), "file") + ", " + ByteText.of(answer.bytes()));
        }
        answer.notes().forEach(note -> console.say("Outputs: " + note));
        answer.problems().forEach(problem -> console.say("Outputs: " + problem));
        String unkept = kept(answer.files());
        List<String> problems = new ArrayList<>(answer.problems());
        if (!unkept.isEmpty()) {
            problems.add(unkept);
        }
        String problem = some(problems);
        if (!problem.isEmpty()) {
            lacksOutputs(problem);
        }
        record.files().lack(answer.missing());
        record.files().collected();
        client.save();
    }

    /** The first problems in one line. The console shows more of them. */
    private static String some(List<String> problems) {
        String first = problems.stream().limit(MAX_NAMED).collect(Collectors.joining("; "));
        int more = problems.size() - MAX_NAMED;
        return more > 0 ? first + "; and " + more + " more, see above" : first;
    }

    /** Returns the output to the build. The output of a failed job is shown instead, because it may tell why. */
    private void giveBack(HeadNode headNode) throws IOException, InterruptedException {
        Outcome outcome = record.outcome();
        if (outcome == null || !outcome.isSuccess()) {
            show(headNode);
            return;
        }
        byte[] bytes = headNode.returnedOutput(record.directory());
        String problem = ReturnedOutput.problem(bytes);
        if (problem.isEmpty()) {
            client.returned(bytes);
        } else {
            record.ended(new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, problem), record.ended());
        }
    }

    /** Shows the output. There may be none, because the program may never have started. */
    private void show(HeadNode headNode) throws InterruptedException {
        try {
            byte[] bytes = headNode.returnedOutput(record.directory());
            console.output(bytes, Math.min(bytes.length, ReturnedOutput.MAX));
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "no output of job " + record.jobId() + " to show");
        }
    }

    private CollectAnswer copy(CollectRequest request, HeadNode headNode) throws IOException, InterruptedException {
        if (request.outputs().isEmpty()) {
            return CollectAnswer.NOTHING;
        }
        CollectAnswer answer = headNode.collect(request);
        if (record.files().isWorkspaceRemote() && !answer.files().isEmpty()) {
            return new Transfer(headNode, client.workspace(), console::say).fetch(request, answer);
        }
        return answer;
    }

    /** @return why the outputs could not be kept; empty if they were */
    private String kept(List<String> files) throws InterruptedException {
        try {
            client.collected(files);
            return "";
        } catch (IOException e) {
            console.say("Outputs: " + e.getMessage());
            return String.valueOf(e.getMessage());
        }
    }

    /** Tries again later after a temporary problem, but not for ever and not for a build that was stopped. */
    private void later(String trouble) {
        if (record.isCancelling()) {
            console.say("The outputs were not copied: " + trouble);
            giveUp();
            return;
        }
        long limit = settings.get().fileLimit().toMillis();
        long tried = waiting.millis(limit);
        if (tried >= limit) {
            String words = "not copied, tried for " + DurationText.of(tried) + ": " + trouble + "; they are in "
                    + record.outputs().workingDirectory();
            console.say("Outputs: " + words);
            lacksOutputs(words);
            record.files()
                    .lack(record.outputs().outputs().stream()
                            .map(FilePattern::pattern)
                            .toList());
            giveUp();
            return;
        }
        String line = "Cannot copy the outputs now, will try again for up to " + DurationText.of(limit) + ": ";
        notices.say(line, trouble);
        long delay = Math.min(backoff.next(), limit - tried);
        log.fine(() -> "outputs are tried again in " + delay + " ms: " + trouble);
        threads.schedule(work(), turn.told(work(), this::finish, delay), delay);
    }

    private void giveUp() {
        record.files().collected();
        saving.now();
        tell();
    }

    private void lacksOutputs(String problem) {
        Outcome outcome = record.outcome();
        if (outcome != null && outcome.isSuccess()) {
            record.ended(new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, "outputs: " + problem), record.ended());
        }
    }

    private CollectRequest.Afterwards afterwards(Outcome outcome) {
        if (!client.keepsDirectory(outcome)) {
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
            client.ended(outcome);
            log.fine(() -> "the build knows: " + outcome.kind());
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot tell the end of job " + record.jobId());
            client.failed(e);
        }
        // Nobody waits for this, and a large directory takes long.
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
