package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.util.List;

/**
 * The part of a batch script that writes the user's script to a file, starts it and waits for its end. The program runs
 * in the background because bash handles signals only while it waits.
 */
final class ProgramLines {
    private final ScriptLines text;
    private final BatchJob job;

    ProgramLines(BatchJob job, ScriptLines text) {
        this.job = job;
        this.text = text;
    }

    /** The user's script as it was written, and the commands that write it to a file. */
    void script(String name) {
        ScriptText script = job.script();
        String delimiter = HereDocument.delimiter(name, script.text());
        text.line("script_text() { cat <<'" + delimiter + "'");
        text.part(script.text()).line(delimiter);
        text.line("}");
        text.line("place_script");
        text.line("start_program" + (script.isReturned() ? " " + BatchScriptRenderer.MAX_RETURNED : ""));
    }

    /**
     * Starts the script once.
     *
     * @param start the words of the command before the script's interpreter, quoted already; empty for none
     * @param name what has ended at the end
     */
    void run(String start, List<String> interpreter, String name) {
        text.part("run " + start).words(interpreter).line("\"$script_file\" </dev/null &");
        text.call("finish", name);
    }

    /**
     * Lets {@code srun} start the script for each task. A function {@code task_program} has to say what one call does.
     */
    void runBySrun(List<String> interpreter, String name) {
        Launch launch = job.launch();
        text.line("prepare_srun");
        if (!launch.mpi().isEmpty()) {
            text.line("srun_options+=(" + ShellQuoting.word("--mpi=" + launch.mpi()) + ")");
        }
        if (launch.output() == Launch.Output.LABELED) {
            text.line("srun_options+=(--label)");
        } else if (launch.output() == Launch.Output.FILES) {
            text.line("separate_task_output");
        }
        text.line("place_command_for_srun");
        run("srun \"${srun_options[@]}\" \"$task_command\" ", interpreter, name);
    }
}
