package io.jenkins.plugins.slurmapptainer.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;

/** The character set in which a job prints. */
public final class OutputEncoding {
    private OutputEncoding() {}

    /**
     * Reads the name of a character set.
     *
     * @param name {@code null} for UTF-8
     * @throws InvalidRequestException for an unknown name, or for a character set in which lines cannot be found
     */
    public static Charset parse(@CheckForNull String name) {
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        Charset charset;
        try {
            charset = Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw invalid(
                    name, "there is no character set of this name; write for example 'ISO-8859-1' or 'Shift_JIS'");
        }
        // Lines of the plugin and of Slurm are mixed with those of the program.
        if (!charset.canEncode()
                || !"\n [1]".equals(new String("\n [1]".getBytes(charset), StandardCharsets.US_ASCII))) {
            throw invalid(
                    name, "this character set encodes ASCII letters differently; let the program print in another one");
        }
        return charset;
    }

    /** The same, but UTF-8 for an unusable name. */
    public static Charset orUsual(@CheckForNull String name) {
        try {
            return parse(name);
        } catch (InvalidRequestException e) {
            return StandardCharsets.UTF_8;
        }
    }

    private static InvalidRequestException invalid(String name, String why) {
        return new InvalidRequestException("encoding", "'" + Printable.of(name) + "': " + why);
    }
}
