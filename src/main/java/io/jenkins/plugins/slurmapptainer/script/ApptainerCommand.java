package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of {@code apptainer exec}. The node's environment stays outside ({@code --cleanenv}). Variables reach
 * the program as {@code APPTAINERENV_*} and are taken literally ({@code --no-eval}). The batch script adds the home
 * directory and the build's mounts once it knows their real paths. The directory of the files and the working directory
 * are bound at their own paths, unless a bind already shows the working directory.
 */
final class ApptainerCommand {
    private ApptainerCommand() {}

    /**
     * All arguments before the image.
     *
     * @param executable name or path of the program
     * @param directories the directory of the files is bound, and the program starts in the working directory
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
        // The older name of --cwd: releases before 1.3 know only this one, later releases know both.
        argv.addAll(List.of("--pwd", directories.inside()));
        return argv;
    }

    /**
     * {@code --bind} splits at commas and colons without a backslash before them. {@code --mount} reads its fields as
     * CSV, where everything can be quoted.
     */
    private static List<String> bind(String source, String destination, boolean readOnly) {
        if (!(source + destination).matches("[^,:\"\\\\]*")) {
            return mount(source, destination, readOnly);
        }
        String target = source.equals(destination) && !readOnly ? "" : ":" + destination;
        return List.of("--bind", source + target + (readOnly ? ":ro" : ""));
    }

    /** Apptainer makes these mounts in the order of the options, but first all mounts of {@code --bind}. */
    private static List<String> mount(String source, String destination, boolean readOnly) {
        return List.of(
                "--mount",
                "type=bind," + field("source", source) + "," + field("destination", destination)
                        + (readOnly ? ",ro" : ""));
    }

    /** Mounts a directory of the job at its own path, between the mounts of a build. */
    static List<String> mount(String directory) {
        return mount(directory, directory, false);
    }

    private static String field(String key, String value) {
        return "\"" + key + "=" + value.replace("\"", "\"\"") + "\"";
    }
}
