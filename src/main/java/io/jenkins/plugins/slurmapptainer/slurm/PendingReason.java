package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.regex.Pattern;

/**
 * Why a job waits, as {@code squeue} says it ({@code job_reason_string()}, 22.05 to 26.05): most reasons pass, some
 * stay until somebody changes the job, a limit or the cluster.
 */
public final class PendingReason {
    private static final Pattern NEVER =
            Pattern.compile("BadConstraints|PartitionTimeLimit|PartitionNodeLimit|PartitionConfig"
                    + "|Assoc(iation)?Max.*Per(Job|Node).*|AssocMaxWall.*|QOSMax.*Per(Job|Node).*|QOSMaxWall.*|QOSMin.*|MaxMemPerLimit"
                    + "|InvalidAccount|InvalidQOS|QOSNotAllowed|AccountNotAllowed|DependencyNeverSatisfied"
                    + "|JobHeldUser|JobHeldAdmin|JobHoldMaxRequeue|launch failed requeued held|ReservationDeleted");

    private PendingReason() {}

    /** Whether a job with this reason can only start after somebody has acted. */
    public static boolean isPermanent(String reason) {
        return NEVER.matcher(reason).matches();
    }
}
