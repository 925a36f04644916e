package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What follows on the end of one job: its outputs are copied, the end is told, the directory is cleaned up. */
final class Ending {
    private static final Logger LOGGER = Logger.getLogger(Ending.class.getName());
    /** Ends of a job that a full disk can lead to. */
    private static final Set<Outcome.Kind> MAYBE_FULL =
            EnumSet.of(Outcome.Kind.FAILURE, Outcome.Kind.SIGNAL, Outcome.Kind.LAUNCH_FAILURE, Outcome.Kind.UNKNOWN);

    /** How {@link CollectAnswer#space()} begins. */
    private static final String NO_SPACE = "no space left";

    private static final long FIRST_RETRY_MILLIS = 2_000;
    private static final long MAX_RETRY_MILLIS = 60_000;

    private final JobRecord record;
    private final JobHost host;
    private final HeadNodes headNodes;
    private final ScheduledExecutorService threads;
    private long retryMillis = FIRST_RETRY_MILLIS;
    private String lastTrouble = "";

    Ending(JobRecord record, JobHost host, HeadNodes headNodes, ScheduledExecutorService threads) {
        this.record = record;
        this.host = host;
        this.headNodes = headNodes;
        this.threads = threads;
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
        if (outcome == null
                || !MAYBE_FULL.contains(outcome.kind())
                || outcome.detail().contains(NO_SPACE)) {
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
        CollectAnswer answer = copy(record.outputs(), headNode).and(copy(record.taskOutputs(), headNode));
        if (!answer.files().isEmpty()) {
            host.say("Outputs in the workspace: "
                    + StatusText.count(answer.files().size(), "file") + ", " + ByteText.of(answer.bytes()));
        }
        answer.problems().forEach(problem -> host.say("Outputs: " + problem));
        String problem = answer.problems().isEmpty()
                ? kept(answer.files())
                : answer.problems().get(0);
        Outcome outcome = record.outcome();
        if (!problem.isEmpty() && outcome != null && outcome.isSuccess()) {
            record.ended(new Outcome(Outcome.Kind.OUTPUT_MISSING, 0, 0, "outputs: " + problem), record.ended());
        }
        record.lacks(answer.missing());
        record.collected();
        host.save();
    }

    private CollectAnswer copy(CollectRequest request, HeadNode headNode) throws IOException, InterruptedException {
        if (request.outputs().isEmpty()) {
            return CollectAnswer.NOTHING;
        }
        CollectAnswer answer = headNode.collect(request);
        if (record.isWorkspaceRemote() && !answer.files().isEmpty()) {
            new Transfer(headNode, host.workspace(), host::say)
                    .fetch(request.workingDirectory(), answer.files(), answer.bytes());
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

    /** A build that was stopped does not wait for files. */
    private void later(String trouble) {
        if (record.isCancelling()) {
            host.say("The outputs were not copied: " + trouble);
            record.collected();
            tell();
            return;
        }
        if (!trouble.equals(lastTrouble)) {
            lastTrouble = trouble;
            host.say("Cannot copy the outputs now, will try again: " + trouble);
        }
        threads.schedule(this::finish, retryMillis, TimeUnit.MILLISECONDS);
        retryMillis = Math.min(2 * retryMillis, MAX_RETRY_MILLIS);
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
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot tell the end of job " + record.jobId());
            host.failed(e);
        }
        try {
            headNodes
                    .any(record.headNode())
                    .headNode()
                    .collect(CollectRequest.cleanUp(record.directory(), afterwards(outcome)));
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(
                    Level.FINE, e, () -> "cannot clean up " + record.directory().path());
        } catch (InterruptedException e) {
            LOGGER.log(Level.FINE, "shutting down");
        }
    }
}
