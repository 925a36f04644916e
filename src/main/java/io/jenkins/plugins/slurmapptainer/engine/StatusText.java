package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.CountText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words for a job that has not ended. Safe for several threads. */
public final class StatusText {
    private StatusText() {}

    /** The state as a short phrase. */
    public static String of(JobRecord job) {
        String phrase = phrase(job);
        return job.isCancelling() && job.phase() != JobRecord.Phase.ENDED ? "being stopped: " + phrase : phrase;
    }

    private static String phrase(JobRecord job) {
        switch (job.phase()) {
            case PREPARING:
                return "preparing the Slurm job";
            case SUBMITTING:
                return "submitting the Slurm job";
            case SUBMITTED:
                return "Slurm job " + job.jobId()
                        + (job.startedAttempt() < 0 || job.tasks().isEmpty()
                                ? " is " + state(job)
                                : ": " + ArrayCount.of(job));
            default:
                return job.jobId().isEmpty() ? "the Slurm job has ended" : "Slurm job " + job.jobId() + " has ended";
        }
    }

    /** A sentence that says why the plugin cancels a job or its waiting part. */
    static String cancelled(JobProgress job, Outcome reason) {
        String why = reason.kind() == Outcome.Kind.WAITED_TOO_LONG
                ? "has waited for longer than maxPending allows"
                : "can never start";
        return "Job " + job.jobId() + " " + why + ": " + reason.detail();
    }

    private static String state(JobRecord job) {
        if (job.state().isEmpty()) {
            return "submitted";
        }
        String state = job.state().toLowerCase(Locale.ROOT);
        if (!job.reason().isEmpty() && !"None".equals(job.reason())) {
            return state + " (" + job.reason() + ")";
        }
        return job.nodes().isEmpty() ? state : state + " on " + job.nodes();
    }

    /**
     * A sentence that says why a build that was cancelled no longer waits for its job's end.
     *
     * @param taken whether Slurm has accepted the cancellation
     */
    public static String leaving(JobRecord job, boolean taken) {
        switch (job.phase()) {
            case PREPARING:
                return "Nothing has been submitted, and nothing will be";
            case SUBMITTING:
                return "sbatch has not answered; the job is cancelled as soon as its id is known";
            case ENDED:
                return "Job " + job.jobId() + " has ended; the build does not wait for its outputs";
            default:
                return taken
                        ? "Slurm has not confirmed the end of job " + job.jobId() + " yet; it is still being cancelled"
                        : "No head node can cancel job " + job.jobId() + " now; it is cancelled as soon as one can";
        }
    }

    /**
     * The lines about a job that Slurm has accepted.
     *
     * @param variables number of environment variables with the paths of uploaded files
     */
    static List<String> submitted(JobRecord record, int variables) {
        String image = record.description().imagePath();
        List<String> lines = new ArrayList<>();
        String user = record.user();
        lines.add("Submitted batch job " + record.jobId() + " to cluster " + record.cluster()
                + (user.isEmpty() ? "" : " as user " + user));
        lines.add("Job " + record.jobId() + " submitted "
                + (image.isEmpty()
                        ? "(no Apptainer)"
                        : "with Apptainer image: " + image.substring(image.lastIndexOf('/') + 1)));
        if (variables > 0) {
            lines.add("With " + CountText.of(variables, "environment variable") + " for uploaded files");
        }
        return lines;
    }
}
