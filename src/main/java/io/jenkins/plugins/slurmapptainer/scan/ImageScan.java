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

    /** Where a scan is. */
    public enum State {
        RUNNING,
        DONE,
        FAILED;

        /** As people write it. */
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

    /** Who or what wanted it, in words. */
    public String cause() {
        return cause;
    }

    public synchronized State state() {
        return state;
    }

    /** Milliseconds since 1970. */
    public long started() {
        return started;
    }

    /** Milliseconds since 1970, 0 while it runs. */
    public synchronized long ended() {
        return ended;
    }

    /** What it said last, empty at first. */
    public synchronized String lastLine() {
        return lastLine;
    }

    /** What it has changed; {@code null} unless it is done. */
    @CheckForNull
    public synchronized ScanReport report() {
        return report;
    }
}
