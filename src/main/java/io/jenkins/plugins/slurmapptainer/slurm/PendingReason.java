package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.regex.Pattern;

/**
 * Slurm's reason why a job waits, as in {@code squeue} ({@code job_reason_string()}, 22.05 to 26.05). Most reasons pass
 * by themselves. Some stay until somebody changes the job, a limit or the cluster.
 */
public final class PendingReason {
    private static final Pattern NEVER =
            Pattern.compile("BadConstraints|PartitionTimeLimit|PartitionNodeLimit|PartitionConfig"
                    + "|Assoc(iation)?Max.*Per(Job|Node).*|AssocMaxWall.*|QOSMax.*Per(Job|Node).*|QOSMaxWall.*|QOSMin.*|MaxMemPerLimit"
                    + "|InvalidAccount|InvalidQOS|QOSNotAllowed|AccountNotAllowed|DependencyNeverSatisfied"
                    + "|JobHeldUser|JobHeldAdmin|JobHoldMaxRequeue|launch failed requeued held|ReservationDeleted");

    private PendingReason() {}

    /** Whether a job with this reason can start only after somebody has acted. */
    public static boolean isPermanent(String reason) {
        return NEVER.matcher(reason).matches();
    }
}
