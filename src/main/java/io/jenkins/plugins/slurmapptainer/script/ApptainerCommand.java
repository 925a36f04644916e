package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of {@code apptainer exec}. The host's environment stays outside ({@code --cleanenv}; variables reach
 * the program as {@code APPTAINERENV_*}, taken literally with {@code --no-eval}). The batch script adds the home directory and what
 * the build has mounted, once it knows where that really is. The directory of the files and the working directory are bound at
 * their own paths, unless one of the binds shows the latter.
 */
final class ApptainerCommand {
    private ApptainerCommand() {}

    /**
     * All that stands before the image.
     *
     * @param executable name or path of the program
     * @param directories the files' is bound, the working directory entered
     */
    static List<String> exec(String executable, ContainerImage image, Directories directories) {
        List<String> argv = new ArrayList<>(List.of(executable, "exec", "--cleanenv", "--no-eval"));
        if (!image.gpu().option().isEmpty()) {
            argv.add(image.gpu().option());
        }
        image.flags().forEach(flag -> argv.add(flag.option()));
        image.binds().forEach(bind -> argv.addAll(bind(bind.source(), bind.destination(), bind.readOnly())));
        if (image.mounts().binds().isEmpty()) {
            directories.bound().forEach(path -> argv.addAll(bind(path, path, false)));
        }
        // The older name of --cwd: releases before 1.3 know only this one, later ones both.
        argv.addAll(List.of("--pwd", directories.inside()));
        return argv;
    }

    /**
     * {@code --bind} splits at commas and colons, unless there is a backslash before them; {@code --mount} reads its fields as CSV,
     * where all can be quoted.
     */
    private static List<String> bind(String source, String destination, boolean readOnly) {
        if (!(source + destination).matches("[^,:\"\\\\]*")) {
            return mount(source, destination, readOnly);
        }
        String target = source.equals(destination) && !readOnly ? "" : ":" + destination;
        return List.of("--bind", source + target + (readOnly ? ":ro" : ""));
    }

    /** Apptainer mounts in the order of these options, but what {@code --bind} names before all of them. */
    private static List<String> mount(String source, String destination, boolean readOnly) {
        return List.of(
                "--mount",
                "type=bind," + field("source", source) + "," + field("destination", destination)
                        + (readOnly ? ",ro" : ""));
    }

    /** A directory of the job, at its own path, as it is mounted between what a build has mounted. */
    static List<String> mount(String directory) {
        return mount(directory, directory, false);
    }

    private static String field(String key, String value) {
        return "\"" + key + "=" + value.replace("\"", "\"\"") + "\"";
    }
}
