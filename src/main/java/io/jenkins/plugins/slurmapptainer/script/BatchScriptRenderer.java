package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.BuildMounts;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Home;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Writes the batch script: directives, the exported files, the part that writes the job's records, the banner, the
 * user's script in the image or on the host, and a completion line. Safe for several threads.
 *
 * <p>The user's script becomes a file in the job's directory, so every interpreter sees it under the same path. The
 * interpreter runs in the background because bash handles signals only while it waits.
 */
public final class BatchScriptRenderer {
    private static final String RULE = "========================================";
    private static final String FUNCTIONS = resource("job-functions.sh");

    /** The largest standard output that a build can get, in bytes. */
    public static final int MAX_RETURNED = 4_000_000;

    private BatchScriptRenderer() {}

    /** The whole batch script. The same job always gives the same text. */
    public static String render(BatchJob job) {
        StringBuilder text = new StringBuilder("#!/bin/bash\n");
        directives(job, text);
        exports(job, text);
        text.append('\n').append(FUNCTIONS);
        job.image().ifPresentOrElse(image -> container(job, image, text), () -> direct(job, text));
        return text.toString();
    }

    private static void directives(BatchJob job, StringBuilder text) {
        job.directives().options().forEach(option -> directive(option, text));
        if (!job.directives().mayRequeue()) {
            directive("--no-requeue", text);
        }
        JobDirectory directory = job.directory();
        // sbatch also looks for #PBS and #BSUB lines far below in the user's script, and they would override these.
        directive("--ignore-pbs", text);
        directive("--open-mode=append", text);
        directive("--output=" + output(job), text);
        directive("--chdir=" + job.directories().working(), text);
        directive("--comment=" + directory.comment(), text);
        // sbatch has only a small environment (SlurmEnvironment). Named variables would make every node start a login
        // shell for the rest, and Slurm 26.05 cancels the job if the account has no login shell.
        directive("--export=ALL", text);
    }

    /**
     * Slurm replaces % patterns in file names. {@code %%} stands for a percent sign, {@code %a} for the index of a
     * task.
     */
    private static String output(BatchJob job) {
        return isArray(job)
                ? job.directory().tasks().replace("%", "%%") + "/%a.log"
                : job.directory().outputLog().replace("%", "%%");
    }

    private static boolean isArray(BatchJob job) {
        return job.directives().get(Directive.ARRAY).isPresent();
    }

    private static void directive(String option, StringBuilder text) {
        int equals = option.indexOf('=');
        text.append("#SBATCH ")
                .append(
                        equals < 0
                                ? option
                                : option.substring(0, equals + 1)
                                        + ShellQuoting.directiveValue(option.substring(equals + 1)))
                .append('\n');
    }

    private static void exports(BatchJob job, StringBuilder text) {
        text.append("\n# Job records\n");
        assign("job_directory", job.directory().path(), text);
        assign("job_token", job.directory().token().value(), text);
        assign("announcements", JobDirectory.announcements(job.directory().root()), text);
        assign("working_directory", job.directories().working(), text);
        assign("may_requeue", job.directives().mayRequeue() ? "yes" : "", text);
        assign("array", isArray(job) ? "yes" : "", text);
        assign("variable_names", String.join(" ", job.variables()), text);
        text.append("\n# Uploaded File Paths\n");
        for (Export export : job.exports()) {
            text.append("export ").append(export.name()).append('=');
            text.append(ShellQuoting.word(export.value())).append('\n');
        }
        List<String> names = job.exports().stream().map(Export::name).collect(Collectors.toList());
        assign("exported_names", String.join(" ", names), text);
    }

    private static void assign(String name, String value, StringBuilder text) {
        text.append(name).append('=').append(ShellQuoting.word(value)).append('\n');
    }

    private static void container(BatchJob job, ContainerImage image, StringBuilder text) {
        text.append("\n# Apptainer Container Execution\n");
        text.append("echo \"").append(RULE).append("\"\n");
        echo("Using Apptainer image: " + image.name(), text);
        echo("Image path: " + image.path(), text);
        text.append("echo \"").append(RULE).append("\"\n");
        text.append("require_image ").append(ShellQuoting.word(image.path())).append('\n');
        mounts(image.mounts(), job.directories(), text);
        text.append("pass_environment_into_container\n");
        image.environment()
                .forEach((name, value) -> text.append("image_variable ")
                        .append(name)
                        .append(' ')
                        .append(ShellQuoting.word(value))
                        .append('\n'));
        text.append("image_variable TMPDIR /tmp\nprovide_home")
                .append(home(job.home()))
                .append('\n');
        preamble(job.program().preamble(), text);
        text.append("require_program ")
                .append(ShellQuoting.word(job.program().command()))
                .append('\n');
        text.append("\n# Execute script inside Apptainer container\n");
        script("APPTAINER_SCRIPT", job.script(), text);
        // Otherwise Apptainer would mount the directory in which it is started.
        text.append("cd /\nrun ");
        words(ApptainerCommand.exec(job.program().command(), image, job.directories()), text);
        boolean mounts = !image.mounts().binds().isEmpty();
        text.append(mounts ? "\"${build_mounts[@]}\" " : "");
        text.append("\"${home_options[@]}\" --mount \"$script_mount\" ");
        words(List.of(image.path()), text);
        text.append(mounts ? "\"${check_mounts[@]}\" " : "");
        program(job.script().interpreter(image.interpreter()), "Apptainer execution", text);
    }

    private static void mounts(BuildMounts mounts, Directories directories, StringBuilder text) {
        if (!directories.mount().isEmpty() && !directories.mount().equals(directories.working())) {
            text.append("require_below ");
            words(List.of(directories.working(), directories.mount()), text);
            text.append('\n');
        }
        if (mounts.binds().isEmpty()) {
            return;
        }
        // Parents come first, because a later mount hides what an earlier one shows below it.
        Predicate<Bind> parent = bind -> directories.bound().stream().anyMatch(bind::covers);
        mounts.seen().stream().filter(parent).forEach(bind -> mount(bind, mounts.roots(), text));
        for (String directory : directories.bound()) {
            text.append("build_mounts+=(");
            words(ApptainerCommand.mount(directory), text);
            text.append(")\n");
        }
        mounts.seen().stream().filter(parent.negate()).forEach(bind -> mount(bind, mounts.roots(), text));
        text.append("check_mounts_inside\n");
    }

    private static void mount(Bind bind, List<String> roots, StringBuilder text) {
        text.append("mount_for_build ");
        words(List.of(bind.source(), bind.destination(), bind.readOnly() ? ",ro" : ""), text);
        words(roots, text);
        text.append('\n');
    }

    /** These commands run at the top level of the script. What they declare in a function would be lost at its end. */
    private static void preamble(List<String> commands, StringBuilder text) {
        for (String command : commands) {
            String word = ShellQuoting.word(command);
            text.append("eval ")
                    .append(word)
                    .append(" || preamble_failed ")
                    .append(word)
                    .append('\n');
        }
    }

    private static void direct(BatchJob job, StringBuilder text) {
        text.append("\n# Direct execution (no Apptainer)\nprovide_home_on_host")
                .append(home(job.home()))
                .append('\n');
        script("JOB_SCRIPT", job.script(), text);
        text.append("run ");
        program(job.script().interpreter(List.of()), "Execution", text);
    }

    private static String home(Home home) {
        return home == Home.USUAL ? "" : " " + home.name().toLowerCase(Locale.ROOT);
    }

    /** The user's script as it was written, and the commands that write it to a file. */
    private static void script(String name, ScriptText script, StringBuilder text) {
        String delimiter = HereDocument.delimiter(name, script.text());
        text.append("script_text() { cat <<'").append(delimiter).append("'\n");
        text.append(script.text())
                .append(delimiter)
                .append("\n}\nplace_script\nstart_program")
                .append(script.isReturned() ? " " + MAX_RETURNED : "")
                .append('\n');
    }

    private static void program(List<String> interpreter, String name, StringBuilder text) {
        words(interpreter, text);
        text.append("\"$script_file\" </dev/null &\nfinish ")
                .append(ShellQuoting.word(name))
                .append('\n');
    }

    private static void words(List<String> words, StringBuilder text) {
        words.forEach(word -> text.append(ShellQuoting.word(word)).append(' '));
    }

    private static void echo(String line, StringBuilder text) {
        text.append("echo ").append(ShellQuoting.word(line)).append('\n');
    }

    private static String resource(String name) {
        try (InputStream in = BatchScriptRenderer.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
