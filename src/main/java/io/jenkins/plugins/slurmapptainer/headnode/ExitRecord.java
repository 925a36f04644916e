package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record that an attempt writes when it ends.
 *
 * @param jobId the job that ran it
 * @param attempt 0 for the first one, otherwise the number of restarts
 * @param time when it ended, by the compute node's clock, in seconds since 1970
 * @param exitCode exit code of the program, or of the preparation if that failed
 * @param programStarted false when the preparation failed
 * @param signalled whether Slurm or somebody sent the job a signal during the attempt
 * @param outOfMemory whether the kernel killed a process of the job for memory during the attempt
 * @param outputBytes size of the output in bytes, as the compute node saw it
 * @param peakBytes the most memory that script and program used at once, counted by their cgroup; 0 if that is not
 *     known
 * @param nodeLost whether {@code slurmstepd} has said that it ended the attempt because a node was lost
 * @param startedAgain whether Slurm has started the job a second time although it must not repeat it
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
    /**
     * Exit code of a job that Slurm has started a second time although it must not repeat it. The second start does
     * nothing.
     */
    static final int STARTED_AGAIN = 76;

    /** Exit codes of programs that Slurm may have ended: by KILL, by TERM, or together with their container. */
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

    /** Reads the record of the job with this token. Empty for any other text. */
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
     * Whether this is the record of a wrong second start, which did nothing. The attempt before it counts, if its
     * program has ended by itself.
     */
    public boolean isOfRepeatedStart() {
        return !programStarted && exitCode == STARTED_AGAIN;
    }

    /** This record, for an attempt after which Slurm has wrongly started the job again. */
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
     * Whether the record alone shows how the job ended. After a signal, or a kill for memory, only Slurm knows why: a
     * program that ends properly on TERM may do so because of a time limit, a preemption or a cancellation. If nobody
     * sent the job a signal, other signals than Slurm's come from the program itself.
     */
    public boolean speaksForItself() {
        return !signalled && !outOfMemory && !SLURMS_CODES.contains(exitCode) && !isOfRepeatedStart();
    }
}
