package io.jenkins.plugins.slurmapptainer.config;

import java.util.List;

/** A cluster in which every field has a value of its own. */
final class CompleteCluster {
    private CompleteCluster() {}

    static SlurmCluster create() {
        SlurmCluster cluster = new SlurmCluster("main", "slurm && head", "/shared/jenkins");
        cluster.setApptainer("/opt/apptainer/bin/apptainer");
        cluster.setPreamble("source /etc/profile.d/modules.sh\nmodule load apptainer");
        cluster.setCommandDirectory("/opt/slurm/bin");
        cluster.setDefaults(List.of(new DefaultOption("partition", "group1"), new DefaultOption("time", "01:00:00")));
        ClusterLimits limits = new ClusterLimits();
        limits.setNodes(4);
        limits.setCpus(64);
        limits.setMemory("64G");
        limits.setTime("1-00:00:00");
        limits.setOutputsSize("10G");
        limits.setOutputsFiles(500);
        limits.setJobsPerBuild(200);
        limits.setGpus(0);
        cluster.setLimits(limits);
        cluster.setSlurmJwtCredentialsId("slurm-token");
        cluster.setRetention(retention());
        cluster.setAllowedFolders("teams/physics\nteams/c*");
        cluster.setBuildVariables("BUILD_URL, CI");
        cluster.setHome("account");
        cluster.setAccountHomeAllowed(true);
        cluster.setAllowedBinds("/scratch\n/data/public");
        cluster.setImageRequired(true);
        cluster.setAlwaysContainall(true);
        return cluster;
    }

    static JobRetention retention() {
        JobRetention retention = new JobRetention();
        retention.setFailedDays(14);
        retention.setSuccessfulDays(1);
        return retention;
    }
}
