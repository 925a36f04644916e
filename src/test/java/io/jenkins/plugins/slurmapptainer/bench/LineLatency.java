package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the moment at which a program in the image prints a line, which tells it, to the console. */
final class LineLatency {
    private static final String PROGRAM = "#!/usr/bin/env python3\n"
            + "import random, time\n"
            + "random.seed(1)\n"
            + "for i in range(%d):\n"
            + "    time.sleep(random.uniform(0.1, 1.5))\n"
            + "    print('at', time.time(), flush=True)\n";

    private final Report report;
    private final int lines;

    LineLatency(Report report, int lines) {
        this.report = report;
        this.lines = lines;
    }

    void measure() throws Exception {
        report.progress(lines + " lines of a program in the image");
        try (RealCluster cluster = new RealCluster()) {
            TimedClient host = new TimedClient(
                    cluster.plan(true, String.format(PROGRAM, lines), Map.of(), List.of(), "", ""), true);
            host.start(cluster.engine().job(cluster.newRecord(), host, cluster.headNodes()));
            host.await(10);
            List<Double> seconds = new ArrayList<>();
            for (TimedClient.Line line : host.lines()) {
                if (line.text().startsWith("at ")) {
                    seconds.add(
                            line.at() / 1000.0 - Double.parseDouble(line.text().substring(3)));
                }
            }
            report.row("line printed in the container → console", new Figures(seconds).text("s", 2), "median ≤ 1 s");
        }
    }
}
