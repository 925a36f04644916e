package io.jenkins.plugins.slurmapptainer.script;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is run on a head node so that a command runs in a job that holds an allocation. Immutable.
 *
 * @param jobId id of the job, with its cluster if there are several
 * @param directory of the job, absolute
 */
public record AllocationClient(String jobId, String directory) implements Serializable {
    /** The variable with the names of the variables that the command gets. Their values stay in the environment. */
    public static final String NAMES = "SLURM_APPTAINER_NAMES";

    /** What stands before the names of these variables, so that they change nothing on the head node. */
    public static final String VALUE = "SLURM_APPTAINER_VALUE_";

    /** The variable with what the command's {@code PATH} begins with; empty for nothing. */
    public static final String PATH = "SLURM_APPTAINER_PATH";

    private static final long serialVersionUID = 1L;

    /** Where durable-task wants to read how a command has ended. */
    private static final Pattern RESULT = Pattern.compile("'(/[^']*/jenkins-result\\.txt)'");

    /** How durable-task lets a shell start something and go on. */
    private static final String BACKGROUND = " >&- 2>&- &";

    /** What durable-task starts if its binary wrapper is switched on: it leaves its container behind. */
    private static final String WRAPPER = "durable_task_monitor";

    private static final String DAEMON = "-daemon";

    /**
     * The words that run a command in the job. What durable-task puts into the background is started there, and these words end
     * at once. Any other command has its input, output and exit code.
     *
     * @param pwd where the command runs
     * @throws IllegalArgumentException for a command that cannot run in a job
     */
    public List<String> run(String pwd, List<String> command) {
        String last = command.get(command.size() - 1);
        Matcher result = RESULT.matcher(last);
        if (command.contains(DAEMON) && command.get(0).contains(WRAPPER)) {
            throw new IllegalArgumentException(
                    "durable-task's binary wrapper (BourneShellScript.USE_BINARY_WRAPPER) cannot be used in slurmAllocation");
        }
        if (!last.endsWith(BACKGROUND) || !result.find()) {
            return words("foreground", pwd, "", command);
        }
        List<String> foreground = new ArrayList<>(command);
        // The container lives as long as the command, and the server puts it into the background.
        foreground.set(command.size() - 1, last.substring(0, last.length() - 1));
        return words("background", pwd, result.group(1), foreground);
    }

    /** The words that end all processes of the job that have these variables, first with {@code TERM} and then with {@code KILL}. */
    public List<String> kill(Map<String, String> variables) {
        return words(
                "kill",
                "/",
                "",
                variables.entrySet().stream()
                        .map(variable -> variable.getKey() + "=" + variable.getValue())
                        .toList());
    }

    /** The words that end the job, with success. */
    public List<String> end() {
        return words("end", "/", "", List.of());
    }

    private List<String> words(String mode, String pwd, String result, List<String> command) {
        List<String> words = new ArrayList<>(List.of(
                "bash",
                "-c",
                ScriptFunctions.CLIENT,
                "slurm-apptainer",
                jobId,
                directory + "/commands",
                mode,
                pwd,
                result));
        words.addAll(command);
        return words;
    }
}
