package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The user's script in the form in which it is embedded: line ends are {@code \n}, the last line ends too, there is no
 * NUL and no byte order mark, and a {@code #!} line is the first line. Slurm refuses batch scripts with DOS line ends
 * or NUL. Immutable.
 */
public final class ScriptText {
    /** Slurm's own limit for the whole batch script is 4 MB ({@code max_script_size}). */
    public static final int MAX_BYTES = 3 * 1024 * 1024;

    /** The largest standard output that a build can get, in bytes. */
    public static final int MAX_RETURNED = 4_000_000;

    private static final String BYTE_ORDER_MARK = "\uFEFF";
    private static final List<String> DEFAULT_INTERPRETER = List.of("bash");

    private final String text;
    private final List<String> chosen;

    private final boolean returned;

    private ScriptText(String text, List<String> chosen, boolean returned) {
        this.text = text;
        this.chosen = chosen;
        this.returned = returned;
    }

    /** The program of a job that holds an allocation for a block of steps. */
    public static ScriptText ofAllocation() {
        return of(ScriptFunctions.SERVER);
    }

    /**
     * Checks and normalizes a script.
     *
     * @throws InvalidRequestException when it is missing, empty, too long or contains a NUL character
     */
    public static ScriptText of(String written) {
        String bare = written == null ? "" : written.startsWith(BYTE_ORDER_MARK) ? written.substring(1) : written;
        if (bare.isBlank()) {
            throw new InvalidRequestException(
                    "script", "the script is empty; write the commands that the job shall run");
        }
        int nul = bare.indexOf('\0');
        if (nul >= 0) {
            long line =
                    1 + bare.substring(0, nul).chars().filter(c -> c == '\n').count();
            throw new InvalidRequestException(
                    "script", "there is a NUL character in line " + line + "; Slurm accepts text only");
        }
        String text = interpreterFirst((bare.endsWith("\n") ? bare : bare + "\n").replace("\r\n", "\n"));
        int size = text.getBytes(StandardCharsets.UTF_8).length;
        if (size > MAX_BYTES) {
            throw new InvalidRequestException(
                    "script",
                    "the script has " + size + " bytes, more than " + MAX_BYTES
                            + "; attach the long part with files: and start it from a short script");
        }
        return new ScriptText(text, List.of(), false);
    }

    /**
     * Moves the {@code #!} line to the top. A script between three quotes has it in the second line and often indented,
     * where the kernel does not look for it. It goes before the blank lines, so that all other lines keep their
     * numbers.
     */
    private static String interpreterFirst(String text) {
        int start = 0;
        int end = text.indexOf('\n');
        while (text.substring(start, end).isBlank()) {
            start = end + 1;
            end = text.indexOf('\n', start);
        }
        String line = text.substring(start, end).strip();
        return line.startsWith("#!") ? line + "\n" + text.substring(0, start) + text.substring(end + 1) : text;
    }

    /**
     * The same script with a program and arguments that run it, whatever the script says. An empty list changes
     * nothing.
     */
    public ScriptText runBy(List<String> interpreter) {
        return new ScriptText(text, List.copyOf(interpreter), returned);
    }

    /** The same script; optionally its standard output is kept for the build. */
    public ScriptText returning(boolean wanted) {
        return new ScriptText(text, chosen, wanted);
    }

    /** Whether the build wants the standard output of the script, apart from its errors. */
    public boolean isReturned() {
        return returned;
    }

    /** The normalised text. */
    public String text() {
        return text;
    }

    /**
     * The program that runs the script. It is the one that was chosen, otherwise the one on the {@code #!} line as the
     * kernel reads it: a path and at most one argument, which may contain blanks.
     *
     * @param otherwise the program for a script without such a line or with an empty one; {@code bash} if this is empty
     */
    public List<String> interpreter(List<String> otherwise) {
        if (!chosen.isEmpty()) {
            return chosen;
        }
        List<String> usual = otherwise.isEmpty() ? DEFAULT_INTERPRETER : otherwise;
        if (!text.startsWith("#!")) {
            return usual;
        }
        String line = text.substring(2, text.indexOf('\n')).strip();
        if (line.isEmpty()) {
            return usual;
        }
        String[] parts = line.split("[ \t]+", 2);
        return List.of(parts);
    }
}
