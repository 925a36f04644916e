package io.jenkins.plugins.slurmapptainer.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Slurm's words for a job's state: base states, and the flags that are printed instead of them. They are the same from
 * 22.05 to 26.05 ({@code slurm.h}, {@code job_state_string()}). Only the words count, because the numbers behind them
 * were reused.
 */
public enum JobState {
    PENDING("PD", Kind.WAITING),
    RUNNING("R", Kind.ACTIVE),
    SUSPENDED("S", Kind.ACTIVE),
    COMPLETED("CD", Kind.ENDED),
    CANCELLED("CA", Kind.ENDED),
    FAILED("F", Kind.ENDED),
    TIMEOUT("TO", Kind.ENDED),
    NODE_FAIL("NF", Kind.ENDED),
    PREEMPTED("PR", Kind.ENDED),
    BOOT_FAIL("BF", Kind.ENDED),
    DEADLINE("DL", Kind.ENDED),
    OUT_OF_MEMORY("OOM", Kind.ENDED),
    COMPLETING("CG", Kind.ACTIVE),
    STAGE_OUT("SO", Kind.ACTIVE),
    CONFIGURING("CF", Kind.ACTIVE),
    EXPEDITING("EX", Kind.WAITING),
    RESIZING("RS", Kind.ACTIVE),
    REQUEUED("RQ", Kind.WAITING),
    REQUEUE_FED("RF", Kind.WAITING),
    REQUEUE_HOLD("RH", Kind.STUCK),
    SPECIAL_EXIT("SE", Kind.STUCK),
    STOPPED("ST", Kind.ACTIVE),
    /** Another cluster of the federation has the job. This row says nothing about its end. */
    REVOKED("RV", Kind.ACTIVE),
    RESV_DEL_HOLD("RD", Kind.STUCK),
    SIGNALING("SI", Kind.ACTIVE),
    /** A word that this version does not know. The job counts as alive. */
    UNKNOWN("?", Kind.ACTIVE);

    /** What a state means for a build that waits for the job. */
    private enum Kind {
        WAITING,
        ACTIVE,
        STUCK,
        ENDED
    }

    private static final Map<String, JobState> BY_WORD = Arrays.stream(values())
            .flatMap(state -> java.util.stream.Stream.of(Map.entry(state.name(), state), Map.entry(state.code, state)))
            .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));

    private final String code;
    private final Kind kind;

    JobState(String code, Kind kind) {
        this.code = code;
        this.kind = kind;
    }

    /**
     * Reads a long or compact word, also {@code CANCELLED by 1000} and {@code CANCELLED+} as {@code sacct} prints them.
     * Never fails: an unknown word is {@link #UNKNOWN}.
     */
    public static JobState parse(String printed) {
        JobState known = BY_WORD.get(printed);
        if (known != null) {
            return known;
        }
        String word = printed.strip().toUpperCase(Locale.ROOT).split("[ +]", 2)[0];
        return BY_WORD.getOrDefault(word, UNKNOWN);
    }

    /** Whether Slurm will do nothing more with the job, unless somebody requeues it. */
    public boolean isEnded() {
        return kind == Kind.ENDED;
    }

    /** Whether the job waits for resources. */
    public boolean isWaiting() {
        return kind == Kind.WAITING;
    }

    /** Whether the job stays as it is until somebody releases it. */
    public boolean isStuck() {
        return kind == Kind.STUCK;
    }

    /** Whether the job runs, has run, or is about to. */
    public boolean hasBegun() {
        return kind == Kind.ACTIVE || kind == Kind.ENDED;
    }

    /** Whether every job that starts goes through this state. */
    public boolean isOrdinaryCourse() {
        return this == RUNNING || this == COMPLETING || isEnded();
    }

    /** The state in words for a console. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
