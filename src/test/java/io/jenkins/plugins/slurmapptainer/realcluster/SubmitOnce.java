package io.jenkins.plugins.slurmapptainer.realcluster;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;

/** Submits one job and prints how it ended. */
public final class SubmitOnce {
    private SubmitOnce() {}

    public static void main(String[] arguments) throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient host = cluster.run(false, "true");
            System.out.println(host.outcome().kind() + " " + host.outcome().detail());
        }
    }
}
