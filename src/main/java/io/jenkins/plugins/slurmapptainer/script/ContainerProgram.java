package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.List;

/**
 * The program that runs containers on the compute nodes, and what has to run there first so that it is found.
 *
 * @param command its name or path
 * @param preamble commands of the batch script's shell, one each; none may fail
 */
public record ContainerProgram(String command, List<String> preamble) {
    private static final int MAX_COMMANDS = 50;
    private static final int MAX_LENGTH = 1000;

    public ContainerProgram {
        preamble = List.copyOf(preamble);
    }

    /** A program that needs nothing first. */
    public static ContainerProgram of(String command) {
        return new ContainerProgram(command, List.of());
    }

    /**
     * Reads commands that an administrator wrote, one a line; empty lines and comments count for nothing.
     *
     * @param field name of the setting
     * @throws InvalidRequestException for too many or too long commands, and for characters that no command has
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
