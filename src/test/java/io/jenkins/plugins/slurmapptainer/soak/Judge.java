package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.soak.SoakJob.Fault;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Compares what was told about a job with what the job wrote down and what was done to it. The rules err on the strict
 * side: an outcome needs an explanation, and a program that came to its end is believed unless something from outside
 * came first.
 */
final class Judge {
    private final Faults faults;

    Judge(Faults faults) {
        this.faults = faults;
    }

    /** What is wrong, nothing if all is well. */
    Optional<String> wrong(SoakJob job, Truth truth) {
        if (job.failure() != null) {
            return Optional.of("the engine failed: " + job.failure());
        }
        Outcome told = job.outcome();
        int attempt = job.attemptTold();
        Optional<Truth.Line> end = truth.end(attempt);
        if (truth.lastAttempt() > attempt && !laterAttemptIsExplained(job, end)) {
            return Optional.of("told before attempt " + truth.lastAttempt() + " started");
        }
        Optional<String> wrong =
                switch (told.kind()) {
                    case SUCCESS ->
                        end.isPresent() && end.get().code() == 0
                                ? afterSuccess(job, end.get())
                                : Optional.of("SUCCESS, but the program did not write success");
                    case FAILURE ->
                        told.exitCode() == end.map(Truth.Line::code).orElse(-2)
                                ? Optional.empty()
                                : memory(job, told, end);
                    case SIGNAL ->
                        told.signal() + 128 == end.map(Truth.Line::code).orElse(-2)
                                ? Optional.empty()
                                : memory(job, told, end);
                    case OUT_OF_MEMORY -> memory(job, told, end);
                    case CANCELLED -> cancelled(job);
                    case NODE_FAILURE -> explained(faults.nodeWasDown(0, job.toldAt()), "no node was taken down");
                    case NEVER_RUNNABLE ->
                        explained(
                                job.mayRequeue && faults.nodeWasDown(0, job.toldAt()),
                                "no launch of it can have failed");
                    case TIME_LIMIT ->
                        explained(job.behaviour == Behaviour.REACHES_ITS_TIME_LIMIT, "it had no time limit");
                    case SUBMIT_REJECTED -> explained(false, "Slurm would have taken it");
                    default -> explained(false, "no fault explains it");
                };
        return wrong.or(() -> mustBeCancelled(job, told, end)).or(() -> output(job, told));
    }

    /**
     * Slurm runs a job again that is put back after its end, or whose node goes down before the news of its end has come:
     * what was told before was true.
     */
    private boolean laterAttemptIsExplained(SoakJob job, Optional<Truth.Line> end) {
        return end.isPresent()
                && (end.get().time() < job.faultAt(Fault.REQUEUED) + 0.5
                        || job.mayRequeue && faults.nodeWasDown(end.get().time(), SoakJob.now()));
    }

    private Optional<String> afterSuccess(SoakJob job, Truth.Line end) {
        return end.byTerm() ? Optional.of("SUCCESS, but it was ended by TERM from outside") : Optional.empty();
    }

    private static Optional<String> memory(SoakJob job, Outcome told, Optional<Truth.Line> end) {
        boolean killed = told.kind() == Outcome.Kind.OUT_OF_MEMORY || told.exitCode() == -1 || told.exitCode() == 137;
        return explained(
                job.behaviour == Behaviour.NEEDS_MEMORY && killed,
                "the program wrote " + end.map(e -> "code " + e.code()).orElse("no end"));
    }

    private static Optional<String> cancelled(SoakJob job) {
        return explained(
                job.faultAt(Fault.CANCELLED) > 0 || job.faultAt(Fault.CANCELLED_BY_BUILD) > 0, "nobody cancelled it");
    }

    /** Cancelled before the program came to an end of its own, and Slurm said yes: nothing else may be told. */
    private static Optional<String> mustBeCancelled(SoakJob job, Outcome told, Optional<Truth.Line> end) {
        boolean accepted =
                job.history.stream().anyMatch(line -> line.contains("fault: scancel") && line.endsWith("→ done"));
        boolean before = end.isEmpty() || end.get().byTerm() || end.get().time() > job.faultAt(Fault.CANCELLED) + 0.5;
        boolean otherEnd = job.faults.containsKey(Fault.REQUEUED)
                || told.kind() == Outcome.Kind.NODE_FAILURE
                || told.kind() == Outcome.Kind.TIME_LIMIT
                || job.behaviour == Behaviour.NEEDS_MEMORY;
        return explained(
                !accepted || !before || otherEnd || told.kind() == Outcome.Kind.CANCELLED,
                "cancelled by somebody else, and Slurm had said yes");
    }

    /** All that a program printed which ended well in its only attempt, in order and once. */
    private static Optional<String> output(SoakJob job, Outcome told) {
        if (told.kind() != Outcome.Kind.SUCCESS || job.attemptTold() > 0 || job.behaviour != Behaviour.PRINTS_MUCH) {
            return Optional.empty();
        }
        long expected = 1;
        long last = 0;
        int rounds = 1;
        for (String line : new String(job.output(), StandardCharsets.UTF_8).split("\n")) {
            if (line.startsWith("line ")) {
                long number = Long.parseLong(line.split(" ")[1]);
                if (number == 1 && expected > 1) {
                    rounds++;
                    last = Math.max(last, expected - 1);
                    if (last != expected - 1) {
                        return Optional.of("output: round " + (rounds - 1) + " ends at " + (expected - 1));
                    }
                    expected = 1;
                }
                if (number != expected || !line.endsWith(" of a long output with ünïcode")) {
                    return Optional.of("output: '" + line + "' instead of line " + expected);
                }
                expected++;
            }
        }
        return explained(
                rounds == 4 && last == expected - 1, "output: " + rounds + " rounds, " + expected + " of " + last);
    }

    private static Optional<String> explained(boolean is, String otherwise) {
        return is ? Optional.empty() : Optional.of(otherwise);
    }
}
