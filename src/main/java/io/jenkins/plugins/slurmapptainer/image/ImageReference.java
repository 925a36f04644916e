package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An image in a registry, in the notation of {@code apptainer pull}: {@code docker://host/name:tag}, {@code oras://…},
 * {@code library://…}.
 *
 * @param text as it was written
 */
public record ImageReference(String text) {
    private static final Pattern START = Pattern.compile("(docker|oras|library)://.*");
    private static final Pattern REFERENCE = Pattern.compile("(?<scheme>docker|oras|library)://"
            + "(?<path>[A-Za-z0-9][A-Za-z0-9._-]*(:[0-9]+(?=/))?(/[A-Za-z0-9_][A-Za-z0-9._-]*)*)"
            + "(:(?<tag>[A-Za-z0-9_][A-Za-z0-9._-]{0,127}))?(@(?<digest>sha256:[0-9a-f]{64}))?");
    private static final int MAX_LENGTH = 500;
    private static final int MAX_STEM = 100;
    private static final int HASH_DIGITS = 16;

    /** @throws InvalidRequestException for a text that is no reference */
    public ImageReference {
        if (text.length() > MAX_LENGTH || !REFERENCE.matcher(text).matches()) {
            throw new InvalidRequestException(
                    "path",
                    "'" + Printable.of(text) + "' is no reference to an image in a registry; write it like"
                            + " 'docker://registry.example.org/name:tag', or with '@sha256:' and 64 digits after the name");
        }
    }

    /** Whether a text is meant as a reference, even if it contains mistakes. */
    public static boolean isMeant(String text) {
        return START.matcher(text).matches();
    }

    private Matcher parts() {
        Matcher parts = REFERENCE.matcher(text);
        if (!parts.matches()) {
            throw new IllegalStateException(text);
        }
        return parts;
    }

    /** {@code docker}, {@code oras} or {@code library}. */
    public String scheme() {
        return parts().group("scheme");
    }

    /** Whether it names exact content by a digest. A tag may later name other content. */
    public boolean isPinned() {
        return parts().group("digest") != null;
    }

    /**
     * The reference for {@code apptainer pull}, which refuses a tag next to a digest in {@code docker://}. The digest
     * is enough.
     */
    public String toPull() {
        Matcher parts = parts();
        return isPinned() ? scheme() + "://" + parts.group("path") + "@" + parts.group("digest") : text;
    }

    /** The image's name without registry and directories. */
    String family() {
        String path = parts().group("path");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The tag, empty for none. */
    String tag() {
        String tag = parts().group("tag");
        return tag == null ? "" : tag;
    }

    /** Name and tag for a file name, without an extension. */
    String stem() {
        String tag = tag();
        return tag.isEmpty() ? family() : family() + "_" + tag;
    }

    /**
     * Name of the file that it is pulled into. Equal references have equal names, different references have different
     * ones.
     */
    public String file() {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(toPull().getBytes(StandardCharsets.UTF_8));
            String stem = stem();
            return stem.substring(0, Math.min(MAX_STEM, stem.length())) + "-"
                    + HexFormat.of().formatHex(hash).substring(0, HASH_DIGITS) + ".sif";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
