package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;

/** The program that runs a script, with at most one argument, as on a {@code #!} line. */
public final class Interpreter {
    private Interpreter() {}

    /**
     * Reads the value of a parameter or setting; an empty text means none.
     *
     * @throws InvalidRequestException for more than one line
     */
    public static List<String> parse(String text) {
        String line = text.strip();
        if (line.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidRequestException("interpreter", "write one line, for example '/usr/bin/python3 -u'");
        }
        return line.isEmpty() ? List.of() : List.of(line.split("[ \t]+", 2));
    }
}
