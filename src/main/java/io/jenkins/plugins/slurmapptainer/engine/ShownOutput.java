package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;
import java.util.function.LongSupplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Shows the output of one job in its console, and counts what the console has accepted. */
final class ShownOutput {
    private static final Logger LOGGER = Logger.getLogger(ShownOutput.class.getName());

    private final JobProgress record;
    private final JobConsole console;
    private final LiveLines lines;
    private final LongSupplier clock;
    /** Bytes that the console has refused since it last accepted some. The next process will show them. */
    private long refused;

    /**
     * @param patienceMillis how long to wait for the end of a line, 0 for not at all
     * @param clock gives milliseconds and never goes back
     */
    ShownOutput(JobProgress record, JobConsole console, long patienceMillis, LongSupplier clock) {
        this.record = record;
        this.console = console;
        this.lines = new LiveLines(console::showsUnendedLines, patienceMillis);
        this.clock = clock;
    }

    /** How many bytes of the output need not be read again. */
    long received() {
        return record.offset() + refused + lines.held();
    }

    /**
     * Takes the next piece.
     *
     * @param from its position in the output
     */
    void add(byte[] piece, long from) {
        if (from < received()) {
            finish();
            console.say("The job's output starts from the beginning again");
            record.shown(from);
            refused = 0;
        }
        show(lines.add(piece, clock.getAsLong()));
    }

    /** Shows what is due without another piece. */
    void due() {
        if (pause() == 0) {
            show(lines.due(clock.getAsLong()));
        }
    }

    /** Milliseconds until something is due, {@link Long#MAX_VALUE} for never. */
    long pause() {
        return lines.pause(clock.getAsLong());
    }

    /** Shows an incomplete line, because its end will not come. */
    void finish() {
        show(lines.rest(clock.getAsLong()));
    }

    private void show(LiveLines.Shown shown) {
        if (shown.read() == 0) {
            return;
        }
        if (shown.bytes().length == 0 && refused > 0) {
            refused += shown.read();
            return;
        }
        try {
            if (shown.bytes().length > 0) {
                console.output(shown.bytes(), shown.bytes().length);
            }
            record.shown(record.offset() + refused + shown.read());
            refused = 0;
            if (shown.bytes().length > 0) {
                console.saveOffset(record.offset());
            }
        } catch (IOException e) {
            LOGGER.log(refused == 0 ? Level.WARNING : Level.FINE, e, () -> "cannot show output of " + record.jobId());
            refused += shown.read();
        }
    }
}
