package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;

/** What runs a script: a program and at most one argument, as on a {@code #!} line. */
public final class Interpreter {
    private Interpreter() {}

    /**
     * Reads what somebody wrote into a parameter or setting with this name; empty text is nothing.
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
