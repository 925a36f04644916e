package io.jenkins.plugins.slurmapptainer.engine;

import java.util.function.Consumer;

/** Reports a repeated trouble once, and again when it has changed. For one thread at a time. */
final class Notices {
    private final Consumer<String> console;
    private String last = "";

    Notices(Consumer<String> console) {
        this.console = console;
    }

    /**
     * Says a line, unless the last trouble was the same.
     *
     * @param line the line without the trouble itself
     */
    void say(String line, String trouble) {
        if (!trouble.equals(last)) {
            last = trouble;
            console.accept(line + trouble);
        }
    }
}
