package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.soak.SoakJob.Fault;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares what was told about a job with three witnesses that the plugin does not ask: what the program wrote down, Slurm's
 * own log of ended jobs, and what was done to job and cluster. A program that came to its end before anything was done to it
 * has that end and no other; of one that was ended from outside Slurm's word counts; and each word needs its cause. What is
 * excused, and why, stands at each excuse; most are for what {@code slurmctld} forgot when it was killed, which happens only
 * in runs that kill it ({@code KILLS=1}).
 */
final class Judge {
    private static final Map<String, Outcome.Kind> BY_STATE = Map.of(
            "CANCELLED", Outcome.Kind.CANCELLED,
            "NODE_FAIL", Outcome.Kind.NODE_FAILURE,
            "TIMEOUT", Outcome.Kind.TIME_LIMIT,
            "OUT_OF_MEMORY", Outcome.Kind.OUT_OF_MEMORY);
    private static final List<Outcome.Kind> OWN =
            List.of(Outcome.Kind.SUCCESS, Outcome.Kind.FAILURE, Outcome.Kind.SIGNAL);
    /** Between a command's effect and the time that was noted for it. */
    private static final double MOMENT = 0.5;
    /** Slurm's log has whole seconds. */
    private static final double ROUNDING = 2;

    /** Slurm may start a job again before the plugin has told the end of its run. */
    private static final double UNSEEN = 5;

    /** The limit of jobs that do not mean to reach it. */
    private static final double LIMIT = 9 * 60;

    /** A busy node may take so long to begin what it was told to. */
    private static final double LATE_START = 15;

    private static final double NEVER = Double.MAX_VALUE;
    private static final int KILLED = 128 + 9;
    private static final int TERMINATED = 128 + 15;
    private static final double HOPELESS_AFTER = 110;

    private final Troubles troubles;
    private final SlurmLog log;

    Judge(Troubles troubles, SlurmLog log) {
        this.troubles = troubles;
        this.log = log;
    }

    /** All that is known of one job, as far as its outcome is concerned. */
    private record Case(
            SoakJob job,
            Outcome told,
            int number,
            Optional<Truth.Run> run,
            Optional<Truth.End> end,
            String state,
            String nodes,
            double stateAt,
            double overInLog,
            double begin) {
        boolean ownEnd() {
            return end.isPresent() && !end.get().byTerm();
        }

        int code() {
            return end.map(Truth.End::code).orElse(-1);
        }

        double endTime() {
            return end.map(Truth.End::time).orElse(NEVER);
        }

        boolean wasCancelled() {
            return is(Fault.CANCELLED) || is(Fault.CANCELLED_BY_BUILD);
        }

        boolean is(Fault fault) {
            return job.faultAt(fault) > 0;
        }
    }

    /** What is wrong, nothing if all is well. */
    Optional<String> wrong(SoakJob job, Truth truth) {
        if (job.failure() != null) {
            return Optional.of("the engine failed: " + job.failure());
        }
        int told = runTold(job, truth);
        Optional<Truth.Run> run =
                told < 0 ? Optional.empty() : Optional.of(truth.runs().get(told));
        Optional<SlurmLog.Line> line = log.lastBefore(job.host().record().token(), job.toldAt() + ROUNDING);
        Case c = new Case(
                job,
                job.outcome(),
                told,
                run,
                run.flatMap(Truth.Run::end),
                line.map(SlurmLog.Line::state).orElse(""),
                line.map(SlurmLog.Line::nodes).orElse(""),
                line.map(SlurmLog.Line::end).orElse(NEVER),
                log.of(job.host().record().token()).stream()
                        .filter(one -> BY_STATE.containsKey(one.state()) && one.end() <= job.toldAt() + ROUNDING)
                        .mapToDouble(SlurmLog.Line::end)
                        .findFirst()
                        .orElse(NEVER),
                run.map(Truth.Run::start).orElse(job.host().record().submitted() / 1000.0));
        return later(c, truth)
                .or(() -> unexplained(c))
                .or(() -> notItsOwnEnd(c))
                .or(() -> notSlurmsWord(c))
                .or(() -> Output.wrong(job));
    }

    /**
     * What had ended may run once more: when it is put back, or its node is lost before the news of its end has come, if it
     * may be repeated; in any case when {@code slurmctld} forgets the end.
     */
    private Optional<String> later(Case c, Truth truth) {
        if (truth.runs().size() - 1 <= c.number) {
            return Optional.empty();
        }
        double next = truth.runs().get(c.number + 1).start();
        double over = c.end.isPresent() ? c.endTime() : c.overInLog;
        double requeued = c.job.faultAt(Fault.REQUEUED) + MOMENT;
        String node = c.run.map(Truth.Run::node).orElse("");
        boolean repeated = c.job.mayRequeue && (over < requeued || troubles.nodeWasLost(node, over - MOMENT, next));
        return explained(
                over < next && (repeated || troubles.killed(over - ROUNDING, next)) || givenUpBefore(c, truth),
                "told before run " + (c.number + 1) + " started");
    }

    /**
     * For {@code slurmctld} a job has ended when it has lost the node; {@code slurmd} may even start it some seconds later, until it
     * hears that it must not. That is the same start, by its number, and nothing comes after it.
     */
    private boolean givenUpBefore(Case c, Truth truth) {
        Truth.Run next = truth.runs().get(c.number + 1);
        return c.told.kind() == Outcome.Kind.NODE_FAILURE
                && c.state.equals("NODE_FAIL")
                && truth.runs().size() == c.number + 2
                && next.attempt() == restarts(c)
                && next.start() - c.overInLog < LATE_START;
    }

    /** How often Slurm has put the job back into the queue: its log has a line for each time that the job left it. */
    private int restarts(Case c) {
        return (int) log.of(c.job.host().record().token()).stream()
                        .filter(line -> line.end() <= c.job.toldAt() + ROUNDING)
                        .count()
                - 1;
    }

    /** Slurm has started the job again, and calls it failed, but that run has left no trace. */
    private boolean lastRunNeverBegan(Case c) {
        return c.state.equals("FAILED")
                && restarts(c) > c.run.map(Truth.Run::attempt).orElse(-1);
    }

    /**
     * The run that the outcome is about: the last one that had begun. An end of a program's own cannot be that of a run that
     * goes on; it is the one before's if the new start is so young that nobody can have seen it: starts are looked for once in
     * a second, later where the machine is busy.
     */
    private static int runTold(SoakJob job, Truth truth) {
        int last = job.runTold();
        if (last < 1 || !OWN.contains(job.outcome().kind())) {
            return last;
        }
        Truth.Run run = truth.runs().get(last);
        boolean goesOn = run.end().map(Truth.End::time).orElse(NEVER) > job.toldAt();
        return goesOn && job.toldAt() - run.start() < UNSEEN ? last - 1 : last;
    }

    /** Each outcome needs its cause. */
    private Optional<String> unexplained(Case c) {
        switch (c.told.kind()) {
            case SUCCESS:
                return explained(
                        c.end.isPresent() && c.code() == 0 && (c.ownEnd() || cancellationIsForgotten(c)),
                        "SUCCESS, but the program did not write success");
            case FAILURE:
                return explained(
                        c.ownEnd() && c.told.exitCode() == c.code() || memory(c),
                        "FAILURE with " + c.told.exitCode() + ", but the program wrote " + written(c));
            case SIGNAL:
                int code = 128 + c.told.signal();
                boolean forgotten =
                        (cancellationIsForgotten(c) || lossIsForgotten(c)) && (code == TERMINATED || code == KILLED);
                return explained(
                        c.ownEnd() && code == c.code() || memory(c) || forgotten,
                        "SIGNAL " + c.told.signal() + ", but the program wrote " + written(c));
            case OUT_OF_MEMORY:
                return explained(memory(c), "it did not need much memory");
            case CANCELLED:
                // Slurm itself cancels a job when one of its id still runs: the job itself or one that it has
                // forgotten.
                return explained(c.wasCancelled() || troubles.idMayRunAlready(c.begin), "nobody cancelled it");
            case NODE_FAILURE:
                String node = c.run.map(Truth.Run::node).orElse(c.nodes);
                boolean again =
                        c.told.detail().contains("second time") && troubles.killed(c.begin - MOMENT, c.job.toldAt());
                return explained(
                        again || lastRunNeverBegan(c) || troubles.nodeWasLost(node, c.begin, c.job.toldAt()),
                        "node " + node + " was not lost while it ran");
            case NEVER_RUNNABLE:
                boolean held = c.is(Fault.HELD) && c.job.toldAt() - c.job.faultAt(Fault.HELD) > HOPELESS_AFTER;
                return explained(
                        held || c.job.mayRequeue && troubles.nodeWasLost("", 0, c.job.toldAt()),
                        "it was not held, and no launch of it can have failed");
            case TIME_LIMIT:
                // A job whose node has crashed runs on in Slurm's books, if it does not notice, until its limit.
                boolean forgottenUntil = c.state.equals("TIMEOUT")
                        && c.stateAt - c.begin >= LIMIT - ROUNDING
                        && troubles.nodeWasLost(c.nodes, c.begin, c.stateAt);
                return explained(
                        forgottenUntil || c.job.behaviour == Behaviour.REACHES_ITS_TIME_LIMIT,
                        "it had not reached its time limit");
            case UNKNOWN:
                return explained(
                        c.state.isEmpty() && !c.ownEnd() && troubles.killed(c.begin - MOMENT, c.job.toldAt()),
                        "Slurm has not forgotten it");
            case SUBMIT_REJECTED: // sbatch has failed after Slurm had taken the job
                boolean taken = c.job.wrapper.equals("error-after") && c.run.isEmpty();
                return explained(taken && troubles.forgotBefore(c.job.toldAt()), "Slurm has not forgotten it");
            default:
                return Optional.of("no fault explains it");
        }
    }

    /** What the program had done before anything was done to it is not undone by what came later. */
    private Optional<String> notItsOwnEnd(Case c) {
        double first = List.of(Fault.CANCELLED, Fault.CANCELLED_BY_BUILD).stream()
                .mapToDouble(fault -> c.is(fault) ? c.job.faultAt(fault) : NEVER)
                .min()
                .orElse(NEVER);
        boolean lost =
                c.run.isPresent() && troubles.nodeWasLost(c.run.get().node(), c.begin, c.endTime() + 2 * ROUNDING);
        boolean undisturbed = c.ownEnd() && c.endTime() < first - MOMENT && !lost;
        return explained(
                !undisturbed || OWN.contains(c.told.kind()) || memory(c) || wasPutBack(c),
                "its program had come to its end, " + written(c) + ", before anything was done to it");
    }

    /** What was ended from outside ended as Slurm says. */
    private Optional<String> notSlurmsWord(Case c) {
        Outcome.Kind kind = BY_STATE.get(c.state);
        if (kind == null || kind == c.told.kind()) {
            return Optional.empty();
        }
        double since = kind == Outcome.Kind.CANCELLED && c.wasCancelled()
                ? Math.max(c.job.faultAt(Fault.CANCELLED), c.job.faultAt(Fault.CANCELLED_BY_BUILD))
                : c.job.toldAt();
        // Slurm calls a job cancelled from the moment that it was asked; a program that had no signal has its own end.
        boolean unreached =
                kind == Outcome.Kind.CANCELLED && c.ownEnd() && !c.end.get().afterTerm();
        boolean endedBefore = c.ownEnd() && (unreached || c.endTime() < since + MOMENT) && OWN.contains(c.told.kind());
        boolean doomed = c.told.kind() == Outcome.Kind.NEVER_RUNNABLE && kind == Outcome.Kind.CANCELLED;
        return explained(endedBefore || doomed || memory(c), "Slurm's log says " + c.state);
    }

    /** Slurm had taken the cancellation and sent the signal, but no longer knew when the job ended. */
    private boolean cancellationIsForgotten(Case c) {
        return c.is(Fault.CANCELLED) && troubles.mayBeForgotten(c.job.faultAt(Fault.CANCELLED))
                || c.is(Fault.CANCELLED_BY_BUILD) && troubles.mayBeForgotten(c.job.faultAt(Fault.CANCELLED_BY_BUILD));
    }

    /** Slurm had ended the job for the loss of its node, but no longer knew: the signal is all that is left. */
    private boolean lossIsForgotten(Case c) {
        String node = c.run.map(Truth.Run::node).orElse(c.nodes);
        return troubles.nodeWasLost(node, c.begin, c.job.toldAt()) && troubles.killed(c.begin - MOMENT, c.job.toldAt());
    }

    /** Slurm put the job back after its program's end, as its log says, and what was done to it then has ended it. */
    private boolean wasPutBack(Case c) {
        return c.job.mayRequeue
                && log.of(c.job.host().record().token()).stream()
                        .anyMatch(line -> line.state().equals("PENDING")
                                && line.end() + ROUNDING >= c.endTime()
                                && line.end() <= c.job.toldAt());
    }

    /** Without cgroups Slurm itself kills, and calls that a failure. */
    private static boolean memory(Case c) {
        boolean killed = c.told.kind() == Outcome.Kind.OUT_OF_MEMORY
                || c.told.exitCode() == -1
                || c.told.exitCode() == KILLED
                || c.told.signal() == 9;
        return c.job.behaviour == Behaviour.NEEDS_MEMORY && killed;
    }

    private static String written(Case c) {
        return c.end.map(end -> "end with " + end.code() + (end.byTerm() ? " by TERM" : ""))
                .orElse("no end");
    }

    private static Optional<String> explained(boolean is, String otherwise) {
        return is ? Optional.empty() : Optional.of(otherwise);
    }
}
