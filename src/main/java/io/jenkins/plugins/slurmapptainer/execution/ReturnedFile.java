package io.jenkins.plugins.slurmapptainer.execution;

import hudson.Extension;
import hudson.model.Run;
import hudson.model.listeners.RunListener;
import io.jenkins.plugins.slurmapptainer.job.OutputEncoding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The output that a job returns to its build, in a file that stays until the build ends. It is needed when the
 * controller restarts before Pipeline has saved the step's result.
 */
final class ReturnedFile {
    private static final Logger LOGGER = Logger.getLogger(ReturnedFile.class.getName());

    private final Path file;

    ReturnedFile(Run<?, ?> run, String token) {
        file = run.getRootDir().toPath().resolve("slurm-" + token + ".stdout");
    }

    void write(byte[] output) throws IOException {
        Files.write(file, output);
    }

    /** The text that the step returns. Line ends stay as they are. */
    String read(SlurmJobOptions options) throws IOException {
        return new String(Files.readAllBytes(file), OutputEncoding.orUsual(options.encoding()));
    }

    private void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot delete " + file);
        }
    }

    /** Deletes the files when the build ends. */
    @Extension
    public static final class OnEnd extends RunListener<Run<?, ?>> {
        @Override
        public void onFinalized(Run<?, ?> run) {
            SlurmJobsAction action = run.getAction(SlurmJobsAction.class);
            if (action != null) {
                action.getJobs().stream()
                        .filter(job -> job.description().isOutputReturned())
                        .forEach(job -> new ReturnedFile(run, job.token()).delete());
            }
        }
    }
}
