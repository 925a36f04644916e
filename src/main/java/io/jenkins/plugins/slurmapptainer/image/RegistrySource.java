package io.jenkins.plugins.slurmapptainer.image;

/**
 * Where an image is pulled from before its first use.
 *
 * @param reference as {@link ImageReference} reads it; empty for an image that is a file
 * @param credentialsId of a user and a password for the registry, may be empty
 * @param plainHttp whether the connection to the registry is made without TLS
 */
public record RegistrySource(String reference, String credentialsId, boolean plainHttp) {
    public static final RegistrySource NONE = new RegistrySource("", "", false);

    /** Whether there is something to pull. */
    public boolean isUsed() {
        return !reference.isEmpty();
    }
}
