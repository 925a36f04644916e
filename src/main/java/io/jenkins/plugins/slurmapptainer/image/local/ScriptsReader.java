package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads the longer texts of an image with {@code apptainer inspect}. */
final class ScriptsReader {
    /** Somebody waits in front of a page for them. */
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final CommandRunner commands;

    ScriptsReader(CommandRunner commands) {
        this.commands = commands;
    }

    ImageScripts read(String path, String apptainer) throws InterruptedException {
        CommandResult result;
        try {
            result = commands.run(List.of(apptainer, "inspect", "--json", "--all", path), LIMIT);
        } catch (IOException e) {
            return ImageScripts.problem(
                    "cannot be inspected: " + apptainer + " cannot be run: " + Printable.of(e.getMessage()));
        }
        if (result.timedOut()) {
            return ImageScripts.problem("could not be inspected in " + LIMIT.toSeconds() + " s");
        }
        if (result.exitCode() != 0) {
            return ImageScripts.problem(
                    "cannot be inspected: " + Printable.of(result.stderr().replaceFirst("^FATAL:\\s*", "")));
        }
        try {
            Map<?, ?> attributes = InspectAnswer.attributes(result.stdout());
            return new ImageScripts(
                    text(attributes.get("runscript")),
                    text(attributes.get("deffile")),
                    text(attributes.get("helpfile")),
                    "");
        } catch (IllegalArgumentException e) {
            return ImageScripts.problem("has metadata that cannot be read: " + e.getMessage());
        }
    }

    private static String text(Object value) {
        String text = value == null ? "" : value.toString().replace("\r\n", "\n");
        return text.substring(0, Math.min(ImageScripts.MAX_TEXT, text.length()))
                .replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "?");
    }
}
