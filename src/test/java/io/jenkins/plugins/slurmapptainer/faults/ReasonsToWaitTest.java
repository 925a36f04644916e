package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.slurm.PendingReason;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A build that hangs for days, or one that is ended although its job merely waited. Fault 20. */
class ReasonsToWaitTest {
    @ParameterizedTest
    @DisplayName("20: does not pass by itself")
    @ValueSource(
            strings = {
                "BadConstraints",
                "PartitionTimeLimit",
                "PartitionNodeLimit",
                "PartitionConfig",
                "AssocMaxCpuPerJobLimit",
                "AssocMaxNodePerJobLimit",
                "AssocMaxWallDurationPerJobLimit",
                "AssocMaxMemPerNode",
                "QOSMaxCpuPerJobLimit",
                "QOSMaxGRESPerNode",
                "QOSMaxWallDurationPerJobLimit",
                "QOSMinCpuNotSatisfied",
                "QOSMinGRES",
                "MaxMemPerLimit",
                "InvalidAccount",
                "InvalidQOS",
                "QOSNotAllowed",
                "AccountNotAllowed",
                "DependencyNeverSatisfied",
                "JobHeldUser",
                "JobHeldAdmin",
                "JobHoldMaxRequeue",
                "launch failed requeued held",
                "ReservationDeleted"
            })
    void reasonThatNeverPassesEndsTheJob(String reason) {
        assertTrue(PendingReason.isPermanent(reason));
    }

    @ParameterizedTest
    @DisplayName("20: only waits, however long")
    @ValueSource(
            strings = {
                "",
                "None",
                "Priority",
                "Resources",
                "Dependency",
                "BeginTime",
                "Reservation",
                "Licenses",
                "QOSGrpCpuLimit",
                "QOSGrpMemLimit",
                "AssocGrpCPURunMinutesLimit",
                "AssocGrpNodeLimit",
                "QOSMaxCpuPerUserLimit",
                "QOSMaxNodePerUserLimit",
                "QOSMaxJobsPerUserLimit",
                "MaxCpuPerAccount",
                "AssocMaxJobsLimit",
                "JobArrayTaskLimit",
                "Prolog",
                "Cleaning",
                "NodeDown",
                "PartitionDown",
                "PartitionInactive",
                "ReqNodeNotAvail, Reserved for maintenance",
                "(ReqNodeNotAvail, UnavailableNodes:n[1-2],n7)",
                "AReasonOfTheNextRelease"
            })
    void reasonThatMayPassIsWaitedFor(String reason) {
        assertFalse(PendingReason.isPermanent(reason));
    }
}
