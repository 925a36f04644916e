package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.BuildMounts;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.util.List;
import java.util.function.Predicate;

/** The part of a batch script that runs the user's script in an image. */
final class ContainerLines {
    private static final String RULE = "echo \"" + "=".repeat(40) + "\"";

    private final ScriptLines text;
    private final BatchJob job;
    private final ContainerImage image;

    ContainerLines(BatchJob job, ContainerImage image, ScriptLines text) {
        this.job = job;
        this.image = image;
        this.text = text;
    }

    void write() {
        prepare();
        ProgramLines program = new ProgramLines(job, text);
        List<String> interpreter = job.script().interpreter(image.interpreter());
        if (job.launch().way() == Launch.Way.ONCE) {
            text.line("\n# Execute script inside Apptainer container");
            program.script("APPTAINER_SCRIPT");
            // Otherwise Apptainer would mount the directory in which it is started.
            text.line("cd /");
            program.run(exec(), interpreter, "Apptainer execution");
            return;
        }
        program.taskCommand(taskProgram());
        if (job.launch().isForSteps()) {
            text.line("\n# The commands of the steps, in one Apptainer container");
            program.serve(exec(), interpreter, "Allocation");
        } else if (job.launch().isBySrun()) {
            program.prepareSrun();
            text.line("\n# Execute script inside Apptainer container, once for each task");
            program.script("APPTAINER_SCRIPT");
            // Otherwise Apptainer would mount the directory in which it is started.
            text.line("cd /");
            program.runBySrun(interpreter, "Apptainer execution");
        } else {
            text.line("\n# Direct execution, of a script that starts the containers");
            text.call("offer_container", image.path());
            text.line("provide_home_on_host");
            program.script("JOB_SCRIPT");
            program.run("", job.script().interpreter(List.of()), "Execution");
        }
    }

    private void prepare() {
        text.line("\n# Apptainer Container Execution").line(RULE);
        text.call("echo", "Using Apptainer image: " + image.name());
        text.call("echo", "Image path: " + image.path()).line(RULE);
        checks(text);
        if (!job.launch().isInImage()) {
            text.line("plain_variables=(\"${slurm_apptainer_variables[@]}\")");
        }
        text.line("pass_environment_into_container");
        image.environment().forEach((name, value) -> text.call("image_variable " + name, value));
        text.line("image_variable TMPDIR /tmp");
        text.home("provide_home", job.home());
        preamble(job.program().preamble());
        text.call("require_program", job.program().command());
    }

    /** What must be checked on each node where a container starts. */
    private void checks(ScriptLines lines) {
        lines.call("require_image", image.path());
        mounts(image.mounts(), job.directories(), lines);
    }

    /** The function that does what one task does, on its own node. */
    private String taskProgram() {
        ScriptLines lines = new ScriptLines().line("task_program() {");
        checks(lines);
        lines.call("require_program", job.program().command());
        lines.line("pass_task_variables");
        return lines.part("start_task / ").part(exec()).line("\"$@\"").line("}").toString();
    }

    /** The words that start a program in the image. */
    private String exec() {
        boolean mounts = !image.mounts().binds().isEmpty();
        return new ScriptLines()
                .words(ApptainerCommand.exec(job.program().command(), image, job.directories()))
                .part(mounts ? "\"${build_mounts[@]}\" " : "")
                .part(job.launch().way() == Launch.Way.ONCE ? "" : "\"${task_options[@]}\" ")
                .part("\"${home_options[@]}\" --mount \"$script_mount\" ")
                .part(job.launch().isForSteps() ? "--mount \"$commands_mount\" " : "")
                .words(List.of(image.path()))
                .part(mounts ? "\"${check_mounts[@]}\" " : "")
                .toString();
    }

    private static void mounts(BuildMounts mounts, Directories directories, ScriptLines lines) {
        if (!directories.mount().isEmpty() && !directories.mount().equals(directories.working())) {
            lines.part("require_below ")
                    .words(List.of(directories.working(), directories.mount()))
                    .line("");
        }
        if (mounts.binds().isEmpty()) {
            return;
        }
        // Parents come first, because a later mount hides what an earlier one shows below it.
        Predicate<Bind> parent = bind -> directories.bound().stream().anyMatch(bind::covers);
        mounts.seen().stream().filter(parent).forEach(bind -> mount(bind, mounts.roots(), lines));
        for (String directory : directories.bound()) {
            lines.part("build_mounts+=(")
                    .words(ApptainerCommand.mount(directory))
                    .line(")");
        }
        mounts.seen().stream().filter(parent.negate()).forEach(bind -> mount(bind, mounts.roots(), lines));
        lines.line("check_mounts_inside");
    }

    private static void mount(Bind bind, List<String> roots, ScriptLines lines) {
        lines.part("mount_for_build ")
                .words(List.of(bind.source(), bind.destination(), bind.readOnly() ? ",ro" : ""))
                .words(roots)
                .line("");
    }

    /** These commands run at the top level of the script. What they declare in a function would be lost at its end. */
    private void preamble(List<String> commands) {
        for (String command : commands) {
            String word = ShellQuoting.word(command);
            text.line("eval " + word + " || preamble_failed " + word);
        }
    }
}
