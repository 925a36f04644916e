package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files as text. For the operating system a name is bytes, for Java it is text in the encoding of the locale.
 * A name that does not survive this conversion in both directions cannot be written on the other machine.
 */
final class FileNames {
    /** The solution for the agent, used in all messages. */
    static final String REMEDY = "start the agent with LC_ALL=C.UTF-8";

    private FileNames() {}

    /** The encoding of names in this Java process. */
    static String encoding() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    /** Whether a text can be the name of a file here. */
    static boolean canBe(String name) {
        try {
            return Path.of(name).toString().equals(name);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Whether the text of a path leads back to the same path. */
    static boolean isText(Path path) {
        try {
            return Path.of(path.toString()).equals(path);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** What is wrong with a name that is not valid text. */
    static String words(Path path) {
        return isUtf8(bytes(path))
                ? "has a name that this Java cannot write in its locale (sun.jnu.encoding is " + encoding() + "); "
                        + REMEDY
                : "has a name that is no UTF-8; rename it";
    }

    /** The same for a text that cannot be a path. */
    static String words(InvalidPathException e) {
        return "cannot be a file name in the locale of the agent (sun.jnu.encoding is " + encoding() + "); " + REMEDY;
    }

    /** A name for a message. If it is not valid text, its bytes are shown. */
    static String printable(Path path) {
        if (isText(path)) {
            return Printable.of(path.toString());
        }
        byte[] bytes = bytes(path);
        if (isUtf8(bytes)) {
            return Printable.of(new String(bytes, StandardCharsets.UTF_8));
        }
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(b >= ' ' && b != 0x7f ? String.valueOf((char) b) : String.format("\\x%02x", b));
        }
        return Printable.of(text.toString());
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }

    /** The bytes of a name. Java shows them only in the path's URI. */
    private static byte[] bytes(Path path) {
        Path root = path.getFileSystem().getRootDirectories().iterator().next();
        String encoded = root.resolve(path).toUri().getRawPath();
        String relative = path.isAbsolute() ? encoded : encoded.substring(1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(relative.length());
        for (int i = 0; i < relative.length(); i++) {
            char c = relative.charAt(i);
            if (c == '%') {
                bytes.write(Integer.parseInt(relative.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                bytes.write(c);
            }
        }
        return bytes.toByteArray();
    }
}
