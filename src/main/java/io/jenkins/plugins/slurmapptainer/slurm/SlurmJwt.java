package io.jenkins.plugins.slurmapptainer.slurm;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The JSON Web Token that authenticates Slurm's commands where munge is not available ({@code auth/jwt}), or none.
 * Slurm's commands read it only from their environment. {@link #toString} does not show it. Immutable.
 */
public final class SlurmJwt implements Serializable {
    private static final long serialVersionUID = 1L;

    /** No token: Slurm's usual authentication. */
    public static final SlurmJwt NONE = new SlurmJwt("");

    private static final String VARIABLE = "SLURM_JWT";
    /** Three parts in base64url. The last one is the signature. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

    private static final Pattern EXPIRY = Pattern.compile("\"exp\"\\s*:\\s*([0-9]{1,12})\\b");

    private final String value;

    private SlurmJwt(String value) {
        this.value = value;
    }

    /**
     * Reads a token, or the line {@code SLURM_JWT=…} that {@code scontrol token} prints.
     *
     * @throws InvalidRequestException when the text is no token; the message does not show the text
     */
    public static SlurmJwt of(String text) {
        String token = text.strip().replaceFirst("^" + VARIABLE + "=", "");
        if (!FORM.matcher(token).matches()) {
            throw new InvalidRequestException(
                    "slurmJwtCredentialsId",
                    "the secret text is no JSON Web Token; it is what 'scontrol token' prints: three parts with dots between them");
        }
        return new SlurmJwt(token);
    }

    /**
     * When it expires, if it says so. With an expired token, Slurm's commands only see a broken connection: "Zero Bytes
     * were transmitted or received".
     */
    public Optional<Instant> expiry() {
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(value.split("\\.")[1]);
            Matcher found = EXPIRY.matcher(new String(claims, StandardCharsets.UTF_8));
            return found.find() ? Optional.of(Instant.ofEpochSecond(Long.parseLong(found.group(1)))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // Slurm will judge the token.
        }
    }

    /** Adds the token to a command's environment. */
    public void addTo(Map<String, String> environment) {
        if (!value.isEmpty()) {
            environment.put(VARIABLE, value);
        }
    }

    @Override
    public String toString() {
        return value.isEmpty() ? "no token" : "a token";
    }
}
