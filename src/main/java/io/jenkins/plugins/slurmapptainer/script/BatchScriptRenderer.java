package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.util.List;

/**
 * Writes the batch script: directives, the exported files, the part that writes the job's records, the banner, the
 * user's script in the image or on the host, and a completion line. Safe for several threads.
 *
 * <p>The user's script becomes a file in the job's directory, so every interpreter sees it under the same path.
 */
public final class BatchScriptRenderer {
    private BatchScriptRenderer() {}

    /** The whole batch script. The same job always gives the same text. */
    public static String render(BatchJob job) {
        ScriptLines text = new ScriptLines().line("#!/bin/bash");
        directives(job, text);
        exports(job, text);
        text.part("\n" + ScriptFunctions.JOB);
        if (job.launch().way() != Launch.Way.ONCE) {
            text.part(ScriptFunctions.LAUNCH);
        }
        if (job.launch().isForSteps()) {
            text.part(ScriptFunctions.ALLOCATION);
            job.directories().beside().forEach(directory -> text.call("provide_directory", directory));
        }
        job.image().ifPresentOrElse(image -> new ContainerLines(job, image, text).write(), () -> direct(job, text));
        return text.toString();
    }

    private static void directives(BatchJob job, ScriptLines text) {
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

    private static void directive(String option, ScriptLines text) {
        int equals = option.indexOf('=');
        text.line("#SBATCH "
                + (equals < 0
                        ? option
                        : option.substring(0, equals + 1) + ShellQuoting.directiveValue(option.substring(equals + 1))));
    }

    private static void exports(BatchJob job, ScriptLines text) {
        text.line("\n# Job records");
        text.assign("job_directory", job.directory().path());
        text.assign("job_token", job.directory().token().value());
        text.assign("announcements", JobDirectory.announcements(job.directory().root()));
        text.assign("working_directory", job.directories().working());
        text.assign("may_requeue", job.directives().mayRequeue() ? "yes" : "");
        text.assign("array", isArray(job) ? "yes" : "");
        text.assign("variable_names", String.join(" ", job.variables()));
        text.line("\n# Uploaded File Paths");
        for (Export export : job.exports()) {
            text.line("export " + export.name() + "=" + ShellQuoting.word(export.value()));
        }
        List<String> names = job.exports().stream().map(Export::name).toList();
        text.assign("exported_names", String.join(" ", names));
    }

    private static void direct(BatchJob job, ScriptLines text) {
        text.line("\n# Direct execution (no Apptainer)");
        text.home("provide_home_on_host", job.home());
        ProgramLines program = new ProgramLines(job, text);
        List<String> interpreter = job.script().interpreter(List.of());
        if (job.launch().isBySrun()) {
            text.line("values=SLURM_APPTAINER_VALUE_ value_prefix=$values");
            program.taskCommand("task_program() { start_task \"$working_directory\" \"$@\"; }\n");
            program.prepareSrun();
            program.script("JOB_SCRIPT");
            program.runBySrun(interpreter, "Execution");
        } else if (job.launch().isForSteps()) {
            program.taskCommand("task_program() { start_task \"$working_directory\" \"$@\"; }\n");
            program.serve("", interpreter, "Allocation");
        } else {
            program.script("JOB_SCRIPT");
            program.run("", interpreter, "Execution");
        }
    }
}
