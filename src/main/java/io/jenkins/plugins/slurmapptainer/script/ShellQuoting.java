package io.jenkins.plugins.slurmapptainer.script;

import java.util.regex.Pattern;

/** The only class that quotes values for another language: words of the shell and values on {@code #SBATCH} lines. */
public final class ShellQuoting {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_@%+=:,./-]+");

    private ShellQuoting() {}

    /**
     * Quotes a text as one word that every POSIX shell reads back unchanged.
     *
     * @throws IllegalArgumentException for a NUL character, which no process argument can contain
     */
    public static String word(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a NUL character cannot be passed to a program");
        }
        return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /**
     * Quotes the value of an option on an {@code #SBATCH} line. Slurm reads quotes there, a backslash escapes the next
     * character inside and outside of them, and {@code #} outside starts a comment (sbatch's {@code opt.c}, 22.05 to
     * 26.05). A line break ends the directive.
     */
    public static String directiveValue(String text) {
        if (text.chars().anyMatch(c -> c < ' ' || c == 127)) {
            throw new IllegalArgumentException("a control character cannot stand in an #SBATCH line");
        }
        return PLAIN.matcher(text).matches()
                ? text
                : "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
