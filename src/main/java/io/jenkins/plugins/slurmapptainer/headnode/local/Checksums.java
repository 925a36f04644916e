package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Computes the SHA-256 of each staged file. The copy is read again and compared with the original. The results are
 * written in the format of {@code sha256sum}.
 */
final class Checksums {
    private static final int BUFFER = 256 * 1024;

    private final FileSelection selection;
    private final Path directory;

    /** @param directory where the files are now */
    Checksums(FileSelection selection, Path directory) {
        this.selection = selection;
        this.directory = directory;
    }

    /** @throws InvalidRequestException when a copy differs from its original */
    void write(Path list) throws IOException {
        StringBuilder lines = new StringBuilder();
        for (FileSelection.SourceFile file : selection.files()) {
            Path there = directory.resolve(file.name());
            String sum = sha256(there);
            if (!there.toRealPath().equals(file.path()) && !sum.equals(sha256(file.path()))) {
                throw new InvalidRequestException(
                        "files",
                        "the copy of '" + Printable.of(file.name().toString()) + "' in " + directory
                                + " is not the same as the file in the workspace; did that change meanwhile?");
            }
            lines.append(line(sum, file.name().toString()));
        }
        SmallFiles.write(list, lines.toString());
    }

    /** One line, with the marks for names that contain line ends or backslashes. */
    static String line(String sum, String name) {
        String escaped = name.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
        return (escaped.equals(name) ? "" : "\\") + sum + "  " + escaped + "\n";
    }

    private static String sha256(Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                digest.update(buffer, 0, length);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
