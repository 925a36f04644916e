package io.jenkins.plugins.slurmapptainer.execution;

import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * How many bytes of a job's output have reached the build's console, in a small file in the build's directory. The
 * console survives a crash of the controller, so this number must survive it too. Saving the whole build after every
 * line would take too long.
 *
 * <p>The file is always overwritten in place by one write of the same length, so a crash never leaves half a number. It
 * is not forced to disk, because the console's file is not either. Safe for several threads.
 */
final class OutputOffset {
    private static final Logger LOGGER = Logger.getLogger(OutputOffset.class.getName());
    private static final int DIGITS = 19;

    private final Path file;
    private boolean broken;
    private boolean deleted;

    OutputOffset(Run<?, ?> run, String token) {
        this(run.getRootDir().toPath().resolve("slurm-" + token + ".offset"));
    }

    OutputOffset(Path file) {
        this.file = file;
    }

    /** Deletes the files that an earlier process has left for an ended job and its tasks. */
    static void deleteAll(Run<?, ?> run, JobRecord job) {
        new OutputOffset(run, job.token()).delete();
        job.tasks().forEach(task -> new OutputOffset(run, job.token() + "." + task.index()).delete());
    }

    /** @param otherwise the result if there is no file, or it cannot be read */
    long read(long otherwise) {
        try {
            return Long.parseLong(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException e) {
            LOGGER.log(Level.FINE, e, () -> "no offset in " + file);
            return otherwise;
        }
    }

    /** Writes the number. Trouble with the disk is logged once and never stops the output. */
    synchronized void write(long offset) {
        if (deleted) {
            return;
        }
        byte[] text = String.format(Locale.ROOT, "%0" + DIGITS + "d", offset)
                .concat("\n")
                .getBytes(StandardCharsets.US_ASCII);
        // No channel: interrupting the engine's threads would close it during a write.
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(text);
            broken = false;
        } catch (IOException e) {
            LOGGER.log(broken ? Level.FINE : Level.WARNING, e, () -> "cannot write " + file);
            broken = true;
        }
    }

    /** Deletes the file. Later writes of other threads do nothing, because their files would stay with the build. */
    synchronized void delete() {
        deleted = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot delete " + file);
        }
    }
}
