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
 * How much of a job's output has reached the build's console, in a small file beside it. The console outlives a killed
 * controller, so this number has to, too; saving the whole build after every line would cost too much.
 *
 * <p>The file is always overwritten in place by one write of the same length: there is no moment at which a killed
 * process leaves half a number. Nothing is forced to disk, because the console's file is not either.
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

    /** Deletes the files of an ended job and of its tasks that a process before this one has left. */
    static void deleteAll(Run<?, ?> run, JobRecord job) {
        new OutputOffset(run, job.token()).delete();
        job.tasks().forEach(task -> new OutputOffset(run, job.token() + "." + task.index()).delete());
    }

    /** @param otherwise what to return if nothing has been written, or nothing that can be read */
    long read(long otherwise) {
        try {
            return Long.parseLong(
                    Files.readString(file, StandardCharsets.US_ASCII).strip());
        } catch (IOException | NumberFormatException e) {
            LOGGER.log(Level.FINE, e, () -> "no offset in " + file);
            return otherwise;
        }
    }

    /** A trouble with the disk is logged once and never keeps the output from the console. */
    synchronized void write(long offset) {
        if (deleted) {
            return;
        }
        byte[] text = String.format(Locale.ROOT, "%0" + DIGITS + "d", offset)
                .concat("\n")
                .getBytes(StandardCharsets.US_ASCII);
        // No channel: the threads of the engine are interrupted, which would close one in the midst of its work.
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(text);
            broken = false;
        } catch (IOException e) {
            LOGGER.log(broken ? Level.FINE : Level.WARNING, e, () -> "cannot write " + file);
            broken = true;
        }
    }

    /** Nothing will be read on. What another thread writes behind that would stay with the build. */
    synchronized void delete() {
        deleted = true;
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot delete " + file);
        }
    }
}
