package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;

/** Facts about an image's file that need no Apptainer. */
final class ImageFacts {
    private static final int BUFFER = 1024 * 1024;

    private ImageFacts() {}

    /**
     * Reads the file's attributes, but not its content.
     *
     * @param read whether the content will be read afterwards, so that it must be a regular file
     */
    static CheckedFile of(Path file, boolean read) throws IOException {
        Map<String, Object> facts = Files.readAttributes(file, "unix:size,lastModifiedTime,ctime,isRegularFile");
        if (read && !Boolean.TRUE.equals(facts.get("isRegularFile"))) {
            throw new IOException("it is no file");
        }
        long modified = ((FileTime) facts.get("lastModifiedTime")).toMillis();
        FileStamp stamp = new FileStamp((Long) facts.get("size"), Math.max(0, modified));
        return new CheckedFile(stamp, Math.max(0, ((FileTime) facts.get("ctime")).toMillis()), "", "");
    }

    /** The SHA-256 of a file's content, 64 digits. */
    static String digest(Path file) throws IOException, InterruptedException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
