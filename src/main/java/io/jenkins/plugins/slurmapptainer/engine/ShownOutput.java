package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Brings the output of one job to its host in whole lines, and keeps count of what the host has taken. */
final class ShownOutput {
    private static final Logger LOGGER = Logger.getLogger(ShownOutput.class.getName());

    private final JobCourse record;
    private final JobHost host;
    private final WholeLines lines = new WholeLines();
    /** Bytes that the host could not take since it last took some; a next life shows them. */
    private long refused;

    ShownOutput(JobCourse record, JobHost host) {
        this.record = record;
        this.host = host;
    }

    /** Bytes of the output that need not be read again. */
    long received() {
        return record.offset() + refused + lines.held();
    }

    /**
     * Takes the next piece.
     *
     * @param from its place in the output
     */
    void add(byte[] piece, long from) {
        if (from < received()) {
            show(lines.rest());
            host.say("The job's output begins anew");
            record.shown(from);
            refused = 0;
        }
        show(lines.add(piece));
    }

    /** Shows what has waited for the end of its line, which will not come. */
    void finish() {
        show(lines.rest());
    }

    private void show(byte[] piece) {
        if (piece.length == 0) {
            return;
        }
        try {
            host.output(piece, piece.length);
            record.shown(record.offset() + refused + piece.length);
            refused = 0;
            host.saveOffset(record.offset());
        } catch (IOException e) {
            LOGGER.log(refused == 0 ? Level.WARNING : Level.FINE, e, () -> "cannot show output of " + record.jobId());
            refused += piece.length;
        }
    }
}
