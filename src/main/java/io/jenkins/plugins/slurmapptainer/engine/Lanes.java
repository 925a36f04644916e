package io.jenkins.plugins.slurmapptainer.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs one kind of work for all clusters, on an executor without limit. The tasks of each cluster and of each build
 * that run at a time are limited. Builds with waiting tasks take turns. Safe for several threads.
 */
final class Lanes {
    private static final Logger LOGGER = Logger.getLogger(Lanes.class.getName());

    private final Executor threads;
    private final int perCluster;
    private final int perBuild;
    private final Map<String, Cluster> clusters = new HashMap<>();

    Lanes(Executor threads, int perCluster, int perBuild) {
        this.threads = threads;
        this.perCluster = perCluster;
        this.perBuild = perBuild;
    }

    private static final class Cluster {
        private final Map<String, Build> builds = new LinkedHashMap<>();
        private int running;
    }

    private static final class Build {
        private final String name;
        private final Deque<Runnable> waiting = new ArrayDeque<>();
        private int running;

        Build(String name) {
            this.name = name;
        }
    }

    /** Runs a task as soon as the limits of its cluster and its build allow. Returns at once. */
    void execute(String cluster, String build, Runnable task) {
        synchronized (clusters) {
            clusters.computeIfAbsent(cluster, any -> new Cluster())
                    .builds
                    .computeIfAbsent(build, Build::new)
                    .waiting
                    .add(task);
            startAll(cluster);
        }
    }

    /** Whether all threads that a build may use are taken, by it or by others. */
    boolean isFull(String cluster, String build) {
        synchronized (clusters) {
            Cluster busy = clusters.get(cluster);
            Build of = busy == null ? null : busy.builds.get(build);
            return busy != null && (busy.running >= perCluster || of != null && of.running >= perBuild);
        }
    }

    /** Whether nothing runs and nothing waits. */
    boolean isQuiet() {
        synchronized (clusters) {
            return clusters.isEmpty();
        }
    }

    /** Waits until nothing runs and nothing waits. */
    void awaitQuiet(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        synchronized (clusters) {
            for (long left = millis; left > 0 && !clusters.isEmpty(); left = (end - System.nanoTime()) / 1_000_000) {
                clusters.wait(left);
            }
        }
    }

    private void startAll(String name) {
        Cluster cluster = clusters.get(name);
        Build next = next(cluster);
        while (next != null) {
            Build build = next;
            Runnable task = build.waiting.remove();
            build.running++;
            cluster.running++;
            // Moves the build behind the others for its next task.
            cluster.builds.remove(build.name);
            cluster.builds.put(build.name, build);
            threads.execute(() -> run(name, build, task));
            next = next(cluster);
        }
    }

    private Build next(Cluster cluster) {
        if (cluster.running >= perCluster) {
            return null;
        }
        // This skips only builds that have reached their limit, which are no more than the cluster's threads, and a few
        // finished ones.
        for (Iterator<Build> all = cluster.builds.values().iterator(); all.hasNext(); ) {
            Build build = all.next();
            if (build.waiting.isEmpty() && build.running == 0) {
                all.remove();
            } else if (!build.waiting.isEmpty() && build.running < perBuild) {
                return build;
            }
        }
        return null;
    }

    private void run(String name, Build build, Runnable task) {
        try {
            task.run();
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "a task for cluster " + name + " failed");
        } finally {
            synchronized (clusters) {
                Cluster cluster = clusters.get(name);
                build.running--;
                cluster.running--;
                startAll(name);
                if (cluster.builds.isEmpty()) {
                    clusters.remove(name);
                    clusters.notifyAll();
                }
            }
        }
    }
}
