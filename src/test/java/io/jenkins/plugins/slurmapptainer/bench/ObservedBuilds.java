package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * A process with the plugin's engine and head node, and builds that wait for their jobs: what is measured from outside. Ends with its
 * standard input.
 *
 * <p>Arguments: the shared directory, the directory with {@code squeue}, the number of builds.
 */
public final class ObservedBuilds {
    private ObservedBuilds() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int builds = Integer.parseInt(arguments[2]);
        UnsubmittedJobs headNode = new UnsubmittedJobs(arguments[1], out);
        RealCluster cluster = new RealCluster(headNode, EngineSettings.DEFAULTS, arguments[0]);
        CountDownLatch submitted = new CountDownLatch(builds);
        JobPlan plan = cluster.plan(false, "true", Map.of(), List.of(), "", "");
        List<Object> runs = new ArrayList<>();
        for (int i = 0; i < builds; i++) {
            var run =
                    cluster.engine().job(cluster.newRecord(), new WaitingClient(plan, submitted), cluster.headNodes());
            runs.add(run);
            run.begin();
        }
        submitted.await();
        out.println("ready " + runs.size());
        while (System.in.read() >= 0) {}
        System.exit(0);
    }
}
