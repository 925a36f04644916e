package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.Home;
import java.util.List;
import java.util.Locale;

/** The text of a batch script while it is written. For one thread. */
final class ScriptLines {
    private final StringBuilder text = new StringBuilder();

    /** Adds a line as it is. */
    ScriptLines line(String line) {
        text.append(line).append('\n');
        return this;
    }

    /** Adds the beginning of a line as it is. */
    ScriptLines part(String part) {
        text.append(part);
        return this;
    }

    /** Adds words to a line, quoted where the shell needs that, each followed by a blank. */
    ScriptLines words(List<String> words) {
        words.forEach(word -> text.append(ShellQuoting.word(word)).append(' '));
        return this;
    }

    /** Adds a command with one argument. */
    ScriptLines call(String command, String argument) {
        return line(command + " " + ShellQuoting.word(argument));
    }

    /** Adds a call of one of the functions that choose the home directory. */
    ScriptLines home(String function, Home home) {
        return line(home == Home.USUAL ? function : function + " " + home.name().toLowerCase(Locale.ROOT));
    }

    ScriptLines assign(String name, String value) {
        return line(name + "=" + ShellQuoting.word(value));
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
