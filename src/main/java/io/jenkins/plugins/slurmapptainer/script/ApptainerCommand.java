package io.jenkins.plugins.slurmapptainer.script;

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
    static List<String> exec(String executable, String imagePath, String directory, List<String> program) {
        List<String> argv = new ArrayList<>(List.of(executable, "exec", "--cleanenv", "--no-eval", "--no-home"));
        argv.addAll(bind(directory));
        // The older name of --cwd: releases before 1.3 know only this one, later ones both.
        argv.addAll(List.of("--pwd", directory, imagePath));
        argv.addAll(program);
        return argv;
    }

    /** {@code --bind} splits at commas and colons; {@code --mount} reads its fields as CSV, where both can be quoted. */
    private static List<String> bind(String directory) {
        return directory.matches("[^,:\"]*")
                ? List.of("--bind", directory)
                : List.of("--mount", "type=bind," + field("source", directory) + "," + field("destination", directory));
    }

    private static String field(String key, String value) {
        return "\"" + key + "=" + value.replace("\"", "\"\"") + "\"";
    }
}
