package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an attempt writes when it ends.
 *
 * @param jobId the job that ran it
 * @param attempt 0, or the number of restarts
 * @param time when, by the compute node's clock, in seconds since 1970
 * @param exitCode of the program, or of the preparation if that failed
 * @param programStarted false when the preparation failed
 * @param signalled whether Slurm or somebody sent the job a signal meanwhile
 * @param outOfMemory whether the kernel killed a process of the job for memory meanwhile
 * @param outputBytes size of the output as the compute node saw it
 * @param peakBytes the most memory that script and program used at once, as their cgroup counted; 0 if it did not
 * @param nodeLost whether {@code slurmstepd} has said that it ended the run because a node was lost
 * @param startedAgain whether Slurm, which was not to repeat the job, has started it a second time
 */
public record ExitRecord(
        String jobId,
        int attempt,
        long time,
        int exitCode,
        boolean programStarted,
        boolean signalled,
        boolean outOfMemory,
        long outputBytes,
        long peakBytes,
        boolean nodeLost,
        boolean startedAgain)
        implements Serializable {
    /** Exit code of a job that Slurm, which was not to repeat it, has started a second time: it does nothing then. */
    static final int STARTED_AGAIN = 76;

    /** Of a program that Slurm has ended: by KILL, by TERM, or in a container that went with it. */
    private static final Set<Integer> SLURMS_CODES = Set.of(128 + 9, 128 + 15, 255);

    private static final Pattern FORM = Pattern.compile(
            "v1 token=(?<token>[0-9a-f]{32}) job=(?<job>[0-9_+]{1,32}) attempt=(?<attempt>[0-9]{1,6})"
                    + " time=(?<time>[0-9]{1,12}) exit=(?<exit>[0-9]{1,3}) stage=(?<stage>prepare|program) signals=(?<signals>[A-Z0-9,]*)"
                    + " oom=(?<oom>[01]) output=(?<output>[0-9]{1,18})(?: peak=(?<peak>[0-9]{1,18}))?(?<notice> notice=node)?\\s*");

    /** A record without a count of memory. */
    public ExitRecord(
            String jobId,
            int attempt,
            long time,
            int exitCode,
            boolean programStarted,
            boolean signalled,
            boolean outOfMemory,
            long outputBytes) {
        this(jobId, attempt, time, exitCode, programStarted, signalled, outOfMemory, outputBytes, 0, false, false);
    }

    /** Reads the record of the given token; anything else is no record. */
    public static Optional<ExitRecord> parse(String token, String text) {
        Matcher m = FORM.matcher(text);
        return m.matches()
                        && m.group("token").equals(token)
                        && JobId.parse(m.group("job")).isPresent()
                ? Optional.of(new ExitRecord(
                        m.group("job"),
                        Integer.parseInt(m.group("attempt")),
                        Long.parseLong(m.group("time")),
                        Integer.parseInt(m.group("exit")),
                        m.group("stage").equals("program"),
                        !m.group("signals").isEmpty(),
                        m.group("oom").equals("1"),
                        Long.parseLong(m.group("output")),
                        m.group("peak") == null ? 0 : Long.parseLong(m.group("peak")),
                        m.group("notice") != null,
                        false))
                : Optional.empty();
    }

    /**
     * Whether this is the record of a start that should not have been, and did nothing: the run before it is the one that
     * counts, if that has come to an end of its own.
     */
    public boolean isOfRepeatedStart() {
        return !programStarted && exitCode == STARTED_AGAIN;
    }

    /** This record of a run after which Slurm has started the job a second time. */
    public ExitRecord beforeRepeatedStart() {
        return new ExitRecord(
                jobId,
                attempt,
                time,
                exitCode,
                programStarted,
                signalled,
                outOfMemory,
                outputBytes,
                peakBytes,
                nodeLost,
                true);
    }

    /**
     * Whether the record alone tells the truth. After a signal, or a kill for memory, only Slurm knows why: a program
     * that ends orderly on TERM may do so because of a time limit, a preemption or a cancellation. Signals other than those by
     * which Slurm ends jobs are the program's own matter, if the job was sent none.
     */
    public boolean speaksForItself() {
        return !signalled && !outOfMemory && !SLURMS_CODES.contains(exitCode) && !isOfRepeatedStart();
    }
}
