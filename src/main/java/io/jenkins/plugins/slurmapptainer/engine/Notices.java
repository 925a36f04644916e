package io.jenkins.plugins.slurmapptainer.engine;

import java.util.function.Consumer;

/** Says what goes wrong again and again once, and anew when it has changed. For one thread at a time. */
final class Notices {
    private final Consumer<String> console;
    private String last = "";

    Notices(Consumer<String> console) {
        this.console = console;
    }

    /**
     * Says a line, unless the same trouble was the last one.
     *
     * @param line how it is said, without the trouble itself
     */
    void say(String line, String trouble) {
        if (!trouble.equals(last)) {
            last = trouble;
            console.accept(line + trouble);
        }
    }
}
