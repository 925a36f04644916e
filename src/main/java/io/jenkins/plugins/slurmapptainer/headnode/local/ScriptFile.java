package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Reads a script that is a file in the workspace. Safe for several threads. */
public final class ScriptFile {
    private static final String FIELD = LaunchOption.SCRIPT_FILE.field();

    private ScriptFile() {}

    /**
     * Reads the script. Runs on the machine with the workspace.
     *
     * @param file relative to the workspace
     * @throws InvalidRequestException when it is no file, is outside of the workspace, is too long or is not UTF-8
     */
    public static String read(String workspace, String file) throws IOException {
        Path root = Path.of(workspace);
        Path path = relative(file);
        if (!Files.isRegularFile(root.resolve(path))) {
            throw new InvalidRequestException(
                    FIELD, "there is no file '" + Printable.of(file) + "' in the workspace " + workspace);
        }
        Path real = root.resolve(path).toRealPath();
        if (!real.startsWith(root.toRealPath())) {
            throw new InvalidRequestException(
                    FIELD, "'" + Printable.of(file) + "' is a symbolic link that leaves the workspace, to " + real);
        }
        long size = Files.size(real);
        if (size > ScriptText.MAX_BYTES) {
            throw new InvalidRequestException(
                    FIELD,
                    "'" + Printable.of(file) + "' has " + size + " bytes, more than " + ScriptText.MAX_BYTES
                            + "; attach it with files: and start it from a short script");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(real)))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new InvalidRequestException(
                    FIELD, "'" + Printable.of(file) + "' is not UTF-8 text; attach it with files: if it is a program");
        }
    }

    private static Path relative(String file) {
        try {
            Path path = Path.of(file).normalize();
            if (!path.isAbsolute() && !path.startsWith("..")) {
                return path;
            }
        } catch (InvalidPathException e) {
            // Like every other link that leads nowhere.
        }
        throw new InvalidRequestException(
                FIELD, "'" + Printable.of(file) + "': write a path relative to the workspace, without '..'");
    }
}
