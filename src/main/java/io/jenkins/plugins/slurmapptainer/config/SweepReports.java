package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The result of the last sweep on each cluster since Jenkins started, for the cluster's form. Safe for several threads.
 */
@Extension
public final class SweepReports {
    private final Map<String, String> lines = new ConcurrentHashMap<>();

    public static SweepReports get() {
        return ExtensionList.lookupSingleton(SweepReports.class);
    }

    /** Remembers a sweep that has just ended. */
    public void swept(String cluster, SweepAnswer answer) {
        lines.put(cluster, now() + ": " + answer.text());
    }

    /** Remembers that a sweep was not possible. */
    public void failed(String cluster, String why) {
        lines.put(cluster, now() + ": " + why);
    }

    /** One line, {@code null} if there was no sweep yet. */
    @CheckForNull
    public String line(String cluster) {
        return lines.get(cluster);
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
