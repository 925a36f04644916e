package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often {@code slurmctld} is asked about jobs while nothing happens to them, by its own counters ({@code sdiag}):
 * all kinds of requests for job information, whoever asks. The cluster is this run's own, so nobody else does.
 */
final class QueueCalls {
    private static final Pattern COUNTER =
            Pattern.compile("REQUEST_JOB(?:_USER)?_INFO(?:_SINGLE)?\\s+\\([ 0-9]+\\) count:([0-9]+)");
    private static final String BUDGET = "at most 6, the same for any number";

    private final Report report;
    private final int seconds;

    QueueCalls(Report report, int seconds) {
        this.report = report;
        this.seconds = seconds;
    }

    void measure() throws Exception {
        plugin(1, 0);
        plugin(0, 1);
        plugin(50, 50);
        sbatchWait(1);
        sbatchWait(20);
        loop(1);
        loop(20);
    }

    private void plugin(int running, int waiting) throws Exception {
        try (RealCluster cluster = new RealCluster();
                Commands cleanUp = new Commands(cluster.shared())) {
            List<TimedClient> hosts = new ArrayList<>();
            for (int i = 0; i < running + waiting; i++) {
                List<String> options = i < running ? List.of() : List.of("--begin=now+1hour");
                TimedClient host = new TimedClient(cluster.plan(false, "sleep 600", Map.of(), options, "", ""), false);
                hosts.add(host);
                host.start(cluster.engine().job(cluster.newRecord(), host, cluster.headNodes()));
            }
            for (TimedClient host : hosts) {
                host.awaitSubmitted();
            }
            for (int i = 0;
                    i < 300
                            && hosts.stream()
                                            .filter(host -> host.record().startedAttempt() >= 0)
                                            .count()
                                    < running;
                    i++) {
                Thread.sleep(100);
            }
            String calls = perMinute(1);
            report.row(
                    "job queries a minute, plugin, " + running + " running + " + waiting + " waiting builds",
                    calls,
                    BUDGET);
            if (waiting > 0) {
                point("plugin", running + waiting, calls);
            }
            cluster.leave();
        }
    }

    private void sbatchWait(int number) throws Exception {
        try (Commands commands = new Commands(System.getenv("SHARED_DIR"))) {
            for (int i = 0; i < number; i++) {
                commands.waitWithSbatch(commands.script("wait" + i, "sleep 600"));
            }
            String calls = perMinute(number);
            point("sbatch --wait, first minute", number, calls);
            report.beside(number + " × sbatch --wait, their first minute", calls);
            if (number == 1) {
                report.beside(number + " × sbatch --wait, a later minute", perMinute(number));
            }
        }
    }

    private void loop(int number) throws Exception {
        try (Commands commands = new Commands(System.getenv("SHARED_DIR"))) {
            for (int i = 0; i < number; i++) {
                commands.waitWithLoop(commands.submit(commands.script("loop" + i, "sleep 600")));
            }
            String calls = perMinute(number);
            point("squeue every 5 s", number, calls);
            report.beside(number + " × loop of squeue -j ID every 5 s", calls);
        }
    }

    private void point(String line, int builds, String calls) {
        report.point(Picture.QUERIES, line, builds, Double.parseDouble(calls.split(" ")[0]));
    }

    private String perMinute(int processes) throws Exception {
        report.progress("counting for " + seconds + " s");
        long before = count();
        Thread.sleep(seconds * 1000L);
        double calls = (count() - before) * 60.0 / seconds;
        return String.format(Locale.ROOT, "%.1f", calls)
                + (processes > 1 ? String.format(Locale.ROOT, " (%.1f per job)", calls / processes) : "");
    }

    private static long count() throws Exception {
        Matcher counters = COUNTER.matcher(RealCluster.command("sdiag"));
        return counters.results()
                .mapToLong(match -> Long.parseLong(match.group(1)))
                .sum();
    }
}
