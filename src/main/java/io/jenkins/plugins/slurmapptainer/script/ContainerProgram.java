package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.List;

/**
 * The program that runs containers on the compute nodes, and the commands that make it available there.
 *
 * @param command its name or path
 * @param preamble commands for the batch script's shell; none of them may fail
 */
public record ContainerProgram(String command, List<String> preamble) {
    private static final int MAX_COMMANDS = 50;
    private static final int MAX_LENGTH = 1000;

    public ContainerProgram {
        preamble = List.copyOf(preamble);
    }

    /** A program that needs no commands first. */
    public static ContainerProgram of(String command) {
        return new ContainerProgram(command, List.of());
    }

    /**
     * Reads an administrator's commands, one a line. Empty lines and comments are ignored.
     *
     * @param field name of the setting
     * @throws InvalidRequestException for too many or too long commands, and for characters that a command cannot have
     */
    public static List<String> preamble(String field, String text) {
        List<String> commands = text.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .toList();
        if (commands.size() > MAX_COMMANDS) {
            throw new InvalidRequestException(
                    field,
                    commands.size() + " commands are more than " + MAX_COMMANDS
                            + "; put them into a file on the compute nodes and write 'source /path/of/the/file'");
        }
        for (String command : commands) {
            if (command.length() > MAX_LENGTH
                    || command.chars().anyMatch(c -> c != '\t' && Character.isISOControl(c))) {
                throw new InvalidRequestException(
                        field,
                        "line " + (1 + text.lines().map(String::strip).toList().indexOf(command))
                                + " has control characters or more than " + MAX_LENGTH + " characters");
            }
            if (command.endsWith("\\")) {
                throw new InvalidRequestException(
                        field, "'" + command + "' goes on in the next line; write each command in one line");
            }
        }
        return commands;
    }
}
