package io.jenkins.plugins.slurmapptainer.scan;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.image.ScanReport;
import java.util.Locale;

/** One scan of the directories of a cluster, running or ended. May be used by several threads. */
public final class ImageScan {
    private final int id;
    private final String cluster;
    private final String cause;
    private final long started = System.currentTimeMillis();
    private String lastLine = "";
    private State state = State.RUNNING;
    private long ended;
    private ScanReport report;

    /** The state of a scan. */
    public enum State {
        RUNNING,
        DONE,
        FAILED;

        /** The state as pages and REST show it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    ImageScan(int id, String cluster, String cause) {
        this.id = id;
        this.cluster = cluster;
        this.cause = cause;
    }

    synchronized void say(String line) {
        lastLine = line;
    }

    synchronized void done(ScanReport result) {
        report = result;
        say(result.toString());
        end(State.DONE);
    }

    synchronized void failed(String reason) {
        say(reason);
        end(State.FAILED);
    }

    private void end(State how) {
        state = how;
        ended = System.currentTimeMillis();
    }

    /** Number of the scan, counted from the start of this controller. */
    public int id() {
        return id;
    }

    /** Name of the cluster. */
    public String cluster() {
        return cluster;
    }

    /** Who or what started it, in words. */
    public String cause() {
        return cause;
    }

    public synchronized State state() {
        return state;
    }

    /** Start, in milliseconds since 1970. */
    public long started() {
        return started;
    }

    /** End, in milliseconds since 1970; 0 while it runs. */
    public synchronized long ended() {
        return ended;
    }

    /** The last progress line, empty at first. */
    public synchronized String lastLine() {
        return lastLine;
    }

    /** What the scan has changed; {@code null} until it has succeeded. */
    @CheckForNull
    public synchronized ScanReport report() {
        return report;
    }
}
