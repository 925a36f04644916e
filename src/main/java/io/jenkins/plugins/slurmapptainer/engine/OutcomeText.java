package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.PendingReason;

/** The sentence about an outcome: what happened to which job, and what to do about it. Safe for several threads. */
public final class OutcomeText {
    /** Exit code of the batch script when the job's directory takes no more data. */
    private static final int NO_ROOM = 74;
    /**
     * {@code sbatch}'s text, Slurm 22.05 to 26.05, for indexes that it does not accept. Their form was checked before.
     */
    private static final String BAD_ARRAY = "Invalid job array specification";

    private static final int CONTAINER_NOT_STARTED = 255;
    private static final String NEVER = "; ask for less, or for another partition, account or quality of service";

    private OutcomeText() {}

    /** One sentence about an ended job. */
    public static String of(JobRecord job) {
        Outcome outcome = job.outcome();
        if (outcome == null) {
            return subject(job) + " has not ended";
        }
        if (job.description().isDryRun() && outcome.isSuccess()) {
            return "The job would be accepted; nothing was submitted";
        }
        String detail = outcome.detail().isEmpty() ? "" : " (" + outcome.detail() + ")";
        return subject(job) + " " + verb(outcome) + detail + advice(outcome, job);
    }

    /** One sentence about an ended task. */
    public static String ofTask(TaskRecord task) {
        Outcome outcome = task.outcome();
        String detail = outcome == null || outcome.detail().isEmpty() ? "" : " (" + outcome.detail() + ")";
        String node = task.nodes().isEmpty() ? "" : " on " + task.nodes();
        return "Job " + task.jobId() + " " + (outcome == null ? "has not ended" : verb(outcome)) + detail + node;
    }

    /** How long an ended job waited and ran, as one sentence; empty if Slurm never had the job. */
    public static String times(JobRecord job) {
        if (job.submitted() == 0 || job.jobId().isEmpty()) {
            return "";
        }
        String waited = subject(job) + " waited " + DurationText.of(job.waitedMillis());
        return job.started() == 0
                ? waited + " and never ran"
                : waited + " and ran " + DurationText.of(job.ranMillis())
                        + (job.nodes().isEmpty() ? "" : " on " + job.nodes());
    }

    private static String asked(String what) {
        return what.isEmpty() ? "; the job asked for nothing, so the cluster's default applied" : "; asked for " + what;
    }

    private static String used(JobRecord job) {
        String node = job.nodes().isEmpty() ? "" : " on " + job.nodes();
        return job.peakMemory() == 0 ? node : ", used " + ByteText.inUnitsOfOptions(job.peakMemory()) + node;
    }

    private static String subject(JobRecord job) {
        return job.jobId().isEmpty() ? "The job" : "Job " + job.jobId();
    }

    static String verb(Outcome outcome) {
        switch (outcome.kind()) {
            case FAILURE:
                return outcome.exitCode() < 0
                        ? "failed; its exit code is not known"
                        : "failed with exit code " + outcome.exitCode();
            case SIGNAL:
                return "was ended by signal " + outcome.signal();
            default:
                return outcome.kind().words();
        }
    }

    private static String advice(Outcome outcome, JobRecord job) {
        String log = "; its files are in " + job.directory().path();
        switch (outcome.kind()) {
            case TIME_LIMIT:
                return asked(job.description().askedTime()) + "; ask for more with time:, or make the work smaller";
            case OUT_OF_MEMORY:
                return asked(job.description().askedMemory()) + used(job) + "; ask for more with memory:";
            case FAILURE:
                if (outcome.exitCode() == CONTAINER_NOT_STARTED
                        && !job.description().imagePath().isEmpty()) {
                    return "; Apptainer also ends with 255 when it cannot start the container: look for FATAL above."
                            + " If the image has no bash, or lacks the program of the script's #! line, name one that it"
                            + " has with interpreter:, for example 'sh'";
                }
                if (outcome.exitCode() == NO_ROOM) {
                    return "; a job also ends with 74 when it cannot write its output or record to "
                            + job.directory().path();
                }
                return outcome.exitCode() == 127 ? "; 127 means that a command was not found" : "";
            case LAUNCH_FAILURE:
                return "; look above for the reason and check that the compute nodes can write "
                        + job.directory().path();
            case NODE_FAILURE:
            case BOOT_FAILURE:
            case PREEMPTED:
            case NOT_SUBMITTED:
                return "; the cause lies in the cluster, the same job may succeed when it runs again";
            case NEVER_RUNNABLE:
                return NEVER;
            case SUBMIT_REJECTED:
                return outcome.detail().contains(BAD_ARRAY)
                        ? "; the indexes of array: have to be less than the cluster's MaxArraySize (scontrol show config)"
                        : "";
            case WAITED_TOO_LONG:
                return PendingReason.isPermanent(outcome.detail().replaceFirst("^Slurm: ", ""))
                        ? NEVER
                        : "; allow more with maxPending:, ask for less, or try at another time";
            case UNKNOWN:
                return log;
            default:
                return "";
        }
    }
}
