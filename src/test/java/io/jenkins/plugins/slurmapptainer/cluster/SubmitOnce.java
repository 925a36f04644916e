package io.jenkins.plugins.slurmapptainer.cluster;

/** Submits one job and prints how it ended. */
final class SubmitOnce {
    private SubmitOnce() {}

    public static void main(String[] arguments) throws Exception {
        try (RealCluster cluster = new RealCluster()) {
            RecordingClient host = cluster.run(false, "true");
            System.out.println(host.outcome().kind() + " " + host.outcome().detail());
        }
    }
}
