package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.Set;

/**
 * How a job ended.
 *
 * @param kind what happened
 * @param exitCode the program's exit code, {@code -1} when it did not end by itself or nobody knows
 * @param signal number of the signal that ended the program, {@code 0} if none
 * @param detail Slurm's own words or other facts that belong to the kind, may be empty
 */
public record Outcome(Kind kind, int exitCode, int signal, String detail) implements Serializable {
    /** All the ways a job can end. The names are stored in builds: they never change. */
    public enum Kind {
        SUCCESS("completed"),
        FAILURE("failed"),
        SIGNAL("was ended by a signal"),
        TIME_LIMIT("reached its time limit"),
        OUT_OF_MEMORY("ran out of memory"),
        NODE_FAILURE("lost its node"),
        BOOT_FAILURE("got a node that did not boot"),
        PREEMPTED("was preempted"),
        DEADLINE("reached its deadline"),
        OUTPUT_MISSING("completed, but not all of its outputs are there"),
        CANCELLED("was cancelled"),
        NEVER_RUNNABLE("could never have started and was cancelled"),
        WAITED_TOO_LONG("waited longer than allowed and was cancelled"),
        LAUNCH_FAILURE("could not be launched"),
        SUBMIT_REJECTED("was not accepted"),
        /** Tried until the engine's limit. */
        NOT_SUBMITTED("could not be submitted"),
        UNKNOWN("disappeared");

        private static final Set<Kind> INFRASTRUCTURE =
                EnumSet.of(NODE_FAILURE, BOOT_FAILURE, PREEMPTED, LAUNCH_FAILURE, NOT_SUBMITTED, UNKNOWN);

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** The verb of the sentence "job 12 …". */
        public String words() {
            return words;
        }

        /** Whether the cause lies in the cluster, so that the same job may well succeed when it runs again. */
        public boolean isInfrastructure() {
            return INFRASTRUCTURE.contains(this);
        }
    }

    public static Outcome success() {
        return new Outcome(Kind.SUCCESS, 0, 0, "");
    }

    /** The program's own answer: 0 is success, above 128 it was ended by a signal, as shells have it. */
    public static Outcome ofExitCode(int code) {
        if (code == 0) {
            return success();
        }
        return code > 128 && code < 128 + 65
                ? new Outcome(Kind.SIGNAL, code, code - 128, "")
                : new Outcome(Kind.FAILURE, code, 0, "");
    }

    public static Outcome of(Kind kind, String detail) {
        return new Outcome(kind, -1, 0, detail);
    }

    public boolean isSuccess() {
        return kind == Kind.SUCCESS;
    }

    /** Whether the program came to an end of its own, good or bad, and its exit code is known. */
    public boolean isProgramsOwn() {
        return (kind == Kind.SUCCESS || kind == Kind.FAILURE || kind == Kind.SIGNAL) && exitCode >= 0;
    }

    /** This outcome with other details. */
    public Outcome withDetail(String text) {
        return new Outcome(kind, exitCode, signal, text);
    }
}
