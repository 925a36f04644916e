package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.List;
import java.util.Locale;

/** What the error texts of {@code sbatch} mean for the decision to try again. */
public final class SlurmErrors {
    /** What a failed submission means. */
    public enum Meaning {
        /** Slurm has refused the job and would refuse it again. */
        PERMANENT,
        /** Slurm could not take the job now, and has not taken it. */
        TRANSIENT,
        /** The answer was lost: the job may be in the queue. */
        AMBIGUOUS
    }

    private static final List<String> AMBIGUOUS = List.of(
            "socket timed out on send/recv",
            "missing socket error",
            "bytes were transmitted",
            "not all data sent",
            "connection reset",
            "connection timed out",
            "transport endpoint is not connected",
            "broken pipe",
            "unexpected message",
            "insane message length",
            "message send failure",
            "message receive failure",
            "communication shutdown failure");

    private static final List<String> TRANSIENT = List.of(
            "unable to contact slurm controller",
            "standby mode",
            "slurm temporarily unable to accept job",
            "unable to create job record, try again",
            "rate limit exceeded",
            "protocol authentication error",
            "invalid authentication credential",
            "resource temporarily unavailable",
            "munge encode failed",
            "unable to establish controller machine",
            "communication connection failure");

    /** Slurm's own texts are shorter. Some characters take quadratic time to become lower case. */
    private static final int MAX = 10_000;

    private SlurmErrors() {}

    private static String words(CommandResult result) {
        String text = result.stderr();
        return text.substring(0, Math.min(MAX, text.length())).toLowerCase(Locale.ROOT);
    }

    /** Judges a failed {@code sbatch} by its output. A time-out or an end by a signal is always ambiguous. */
    public static Meaning ofSubmit(CommandResult result) {
        String text = words(result);
        boolean killed = result.timedOut() || result.exitCode() > 128;
        if (killed || AMBIGUOUS.stream().anyMatch(text::contains)) {
            return Meaning.AMBIGUOUS;
        }
        return TRANSIENT.stream().anyMatch(text::contains) ? Meaning.TRANSIENT : Meaning.PERMANENT;
    }

    /** Whether {@code scancel} failed only because there is nothing left to cancel. */
    public static boolean isUnknownJob(CommandResult result) {
        String text = words(result);
        return text.contains("invalid job id") || text.contains("already completing or completed");
    }
}
