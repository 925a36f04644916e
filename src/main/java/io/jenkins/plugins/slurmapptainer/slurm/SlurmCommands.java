package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The arguments of Slurm's commands, for Slurm 22.05 to 26.05. */
public final class SlurmCommands {
    /** Separates fields in an answer of {@code squeue}. No name or reason can contain it. */
    static final String SEPARATOR = "\u001f";

    /** Fields of the accounting. The first five cannot contain a separator. */
    private static final String ACCOUNTS = "JobID,State,ExitCode,NodeList,Submit,Comment,SubmitLine";

    private SlurmCommands() {}

    /** Submits a script. All options are in the script; the command line only requests an answer for programs. */
    public static List<String> sbatch(String script) {
        return List.of("sbatch", "--parsable", script);
    }

    /** Prints Slurm's version without asking the controller. */
    public static List<String> version() {
        return List.of("sbatch", "--version");
    }

    /** Prints which MPI interfaces {@code srun} offers. No daemon is asked. */
    public static List<String> mpiInterfaces() {
        return List.of("srun", "--mpi=list");
    }

    /** Prints the configuration of {@code slurmctld}, a line {@code Name = value} for each setting. */
    public static List<String> configuration() {
        return List.of("scontrol", "show", "config");
    }

    /** Prints the user's rights in the accounting: {@code None}, {@code Operator} or {@code Administrator}. */
    public static List<String> adminLevel(String user) {
        return List.of("sacctmgr", "--noheader", "--parsable2", "show", "user", user, "format=AdminLevel");
    }

    /**
     * Lets Slurm check a job that does nothing and print on standard error when it could start. Nothing is submitted.
     */
    public static List<String> testOnly(Collection<String> options) {
        List<String> argv = new ArrayList<>(List.of("sbatch", "--test-only"));
        argv.addAll(options);
        argv.addAll(List.of("--output=/dev/null", "--wrap=true"));
        return argv;
    }

    /** Lets Slurm check a job and print on standard error when it could start. Nothing is submitted. */
    public static List<String> sbatchDryRun(String script) {
        return List.of("sbatch", "--test-only", script);
    }

    /**
     * All jobs of the account, including ended ones that {@code slurmctld} still knows. One call is enough for any
     * number of jobs: {@code --me} uses the RPC for a single user, and it cannot fail for an unknown id. {@code -o}
     * with plain fields never cuts a value, unlike {@code -O}. Free text comes last.
     */
    public static List<String> squeue(QueueScope scope) {
        return scope.of(
                "squeue",
                "--me",
                "--noheader",
                "--states=all",
                "--format",
                String.join(SEPARATOR, "%i", "%T", "%N", "%S", "%M", "%r", "%k"));
    }

    /**
     * How often each of these jobs was requeued, when it was last started and when it ended, in seconds since 1970.
     * Only {@code --Format} has the number. It cuts values that are wider than their column, which is no problem for an
     * id and numbers.
     */
    public static List<String> squeueRuns(QueueScope scope) {
        List<String> argv = new ArrayList<>(List.of("env", "SLURM_TIME_FORMAT=%s"));
        argv.addAll(scope.of(
                "squeue",
                "--me",
                "--noheader",
                "--states=all",
                "--Format=JobArrayID:40,RestartCnt:12,StartTime:20,EndTime:20"));
        return argv;
    }

    /** The comment of the job with an id. */
    public static List<String> comment(JobId id) {
        return onCluster(id, "squeue", "--noheader", "--states=all", "--format=%k", "--jobs=" + id.text());
    }

    /** Ends a job: TERM, then KILL after {@code KillWait}. */
    public static List<String> scancel(JobId id) {
        return onCluster(id, "scancel", id.text());
    }

    /** Ends a job that waits, held or not. A running job is left alone, with exit code 0 (22.05). */
    public static List<String> scancelWaiting(JobId id) {
        return onCluster(id, "scancel", "--state=PENDING", id.text());
    }

    /** Ends what a plain {@code scancel} did not end: KILL for steps and batch script. */
    public static List<String> scancelHard(JobId id) {
        return onCluster(id, "scancel", "--signal=KILL", "--full", id.text());
    }

    /**
     * The accounting's rows of whole jobs. Without {@code -j} it would only show today's. {@code --duplicates} is
     * needed because Slurm may have used an id for several jobs, and otherwise only the last one is shown.
     */
    public static List<String> sacct(QueueScope scope, Collection<String> ids) {
        return scope.of(
                "sacct",
                "--allocations",
                "--noheader",
                "--parsable2",
                "--duplicates",
                "--jobs",
                String.join(",", ids),
                "--format",
                ACCOUNTS);
    }

    /** The accounting's rows of all jobs of the account that existed at some time since a moment. */
    public static List<String> sacctSince(Instant moment) {
        String start = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss")
                .withZone(ZoneId.systemDefault())
                .format(moment);
        return List.of(
                "sacct",
                "--allocations",
                "--noheader",
                "--parsable2",
                "--duplicates",
                "--starttime",
                start,
                "--format",
                ACCOUNTS);
    }

    private static List<String> onCluster(JobId id, String command, String... arguments) {
        return QueueScope.cluster(id.cluster()).of(command, arguments);
    }
}
