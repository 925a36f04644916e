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
        text.line("start_program" + (script.isReturned() ? " " + ScriptText.MAX_RETURNED : ""));
    }

    /** Lets the script, which is the server of an allocation, run the commands that come in by the job's door. */
    void serve(String start, List<String> interpreter, String name) {
        text.line("open_door").line("place_task_command");
        script("ALLOCATION_SERVER");
        text.line("cd /");
        text.part("run " + start).words(interpreter).line("\"$script_file\" <&\"$door\" {door}>&- &");
        text.call("finish", name);
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
     * The text of the command that runs a program on the node where it is called.
     *
     * @param taskProgram the function {@code task_program}, which says what one call does
     */
    void taskCommand(String taskProgram) {
        String command = ScriptFunctions.ofTasks() + taskProgram + ScriptFunctions.TASK;
        String delimiter = HereDocument.delimiter("TASK_COMMAND", command);
        text.line("task_command_text() { cat <<'" + delimiter + "'");
        text.part(command).line(delimiter).line("}");
    }

    /** Everything that {@link #runBySrun} needs and that may fail before there is a program. */
    void prepareSrun() {
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
        text.line("place_task_command");
    }

    /** Lets {@code srun} start the script for each task. */
    void runBySrun(List<String> interpreter, String name) {
        run("srun \"${srun_options[@]}\" bash \"$task_command\" ", interpreter, name);
    }
}
