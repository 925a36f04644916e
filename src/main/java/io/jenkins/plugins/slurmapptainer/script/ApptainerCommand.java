package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of {@code apptainer exec}. The host's environment stays outside ({@code --cleanenv}; variables reach
 * the program as {@code APPTAINERENV_*}, taken literally with {@code --no-eval}), so does the home directory; the
 * working directory is bound at its own path.
 */
final class ApptainerCommand {
    private ApptainerCommand() {}

    /**
     * @param executable name or path of the program
     * @param directory bound and made the working directory
     */
    static List<String> exec(String executable, ContainerImage image, String directory, List<String> program) {
        List<String> argv = new ArrayList<>(List.of(executable, "exec", "--cleanenv", "--no-eval", "--no-home"));
        if (!image.gpu().option().isEmpty()) {
            argv.add(image.gpu().option());
        }
        image.binds().forEach(bind -> argv.addAll(bind(bind)));
        argv.addAll(bind(new Bind(directory, directory, false)));
        // The older name of --cwd: releases before 1.3 know only this one, later ones both.
        argv.addAll(List.of("--pwd", directory, image.path()));
        argv.addAll(program);
        return argv;
    }

    /** {@code --bind} splits at commas and colons; {@code --mount} reads its fields as CSV, where both can be quoted. */
    private static List<String> bind(Bind bind) {
        return (bind.source() + bind.destination()).matches("[^,:\"]*")
                ? List.of("--bind", bind.toString())
                : List.of(
                        "--mount",
                        "type=bind," + field("source", bind.source()) + "," + field("destination", bind.destination())
                                + (bind.readOnly() ? ",ro" : ""));
    }

    private static String field(String key, String value) {
        return "\"" + key + "=" + value.replace("\"", "\"\"") + "\"";
    }
}
