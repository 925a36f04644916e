package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.Serializable;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What is checked before an image is used.
 *
 * @param sha256 digest of the file, 64 lower-case hexadecimal digits, or empty
 * @param signingKey fingerprint of the PGP key that must have signed the image, 40 upper-case hexadecimal digits, or empty
 */
public record Integrity(String sha256, String signingKey) implements Serializable {
    private static final Pattern SHA256 = Pattern.compile("([0-9a-f]{64})?");
    private static final Pattern FINGERPRINT = Pattern.compile("([0-9A-F]{40})?");

    public static final Integrity UNCHECKED = new Integrity("", "");

    /** @throws InvalidRequestException for a text that is no digest or no fingerprint */
    public Integrity {
        sha256 = sha256.strip().toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "");
        signingKey = signingKey.replaceAll("\\s", "").toUpperCase(Locale.ROOT).replaceFirst("^0X", "");
        if (!SHA256.matcher(sha256).matches()) {
            throw new InvalidRequestException("sha256", "write the 64 hexadecimal digits that sha256sum prints");
        }
        if (!FINGERPRINT.matcher(signingKey).matches()) {
            throw new InvalidRequestException(
                    "signingKey", "write the fingerprint of the key, 40 hexadecimal digits (apptainer key list)");
        }
    }

    public boolean isChecked() {
        return !sha256.isEmpty() || !signingKey.isEmpty();
    }
}
