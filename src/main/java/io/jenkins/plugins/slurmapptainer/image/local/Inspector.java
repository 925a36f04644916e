package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Reads labels and build date of an image. They come from the image itself if Apptainer has stored them there, which
 * takes a fraction of a millisecond, otherwise from {@code apptainer inspect}.
 */
final class Inspector {
    private final CommandRunner commands;
    private final String apptainer;
    private final Duration limit;

    Inspector(CommandRunner commands, String apptainer, Duration limit) {
        this.commands = commands;
        this.apptainer = apptainer;
        this.limit = limit;
    }

    /**
     * @return empty when the facts could not be read now, which does not mean that the image is broken
     * @throws BrokenImageException when the file is no image
     * @throws IOException when the file cannot be read
     */
    Optional<FoundImage.Inspection> inspect(Path file) throws IOException, BrokenImageException, InterruptedException {
        Optional<String> metadata = file.toString().endsWith(".sif") ? SifFile.metadata(file) : Optional.empty();
        try {
            if (metadata.isPresent()) {
                return metadata.map(InspectAnswer::read);
            }
            CommandResult result = run(file);
            if (result.timedOut() || result.exitCode() == 127) {
                return Optional.empty();
            }
            if (result.exitCode() != 0) {
                throw new BrokenImageException(
                        "cannot be inspected: " + Printable.of(result.stderr().replaceFirst("^FATAL:\\s*", "")));
            }
            return Optional.of(InspectAnswer.read(result.stdout()));
        } catch (IllegalArgumentException e) {
            throw new BrokenImageException("has metadata that cannot be read: " + e.getMessage());
        }
    }

    private CommandResult run(Path file) throws InterruptedException {
        try {
            return commands.run(List.of(apptainer, "inspect", "--json", file.toString()), limit);
        } catch (IOException e) {
            return new CommandResult(127, "", apptainer + " cannot be run: " + e.getMessage());
        }
    }
}
