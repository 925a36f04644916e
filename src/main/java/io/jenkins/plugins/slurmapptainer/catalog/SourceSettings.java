package io.jenkins.plugins.slurmapptainer.catalog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.slurmapptainer.image.Integrity;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * The part of an entry that says how the image comes from a registry and what is checked before it is used. The names
 * of the fields are a file format.
 */
@Restricted(NoExternalUse.class)
public abstract class SourceSettings extends LaunchSettings {
    private String registryCredentialsId;
    private boolean plainHttp;
    private String sha256;
    private String signingKey;

    SourceSettings() {}

    /** Id of the user and password for the registry, {@code null} for none. */
    @CheckForNull
    public String getRegistryCredentialsId() {
        return registryCredentialsId;
    }

    @DataBoundSetter
    public void setRegistryCredentialsId(String registryCredentialsId) {
        this.registryCredentialsId = Util.fixEmptyAndTrim(registryCredentialsId);
    }

    /** Whether the connection to the registry is made without TLS. */
    public boolean isPlainHttp() {
        return plainHttp;
    }

    @DataBoundSetter
    public void setPlainHttp(boolean plainHttp) {
        this.plainHttp = plainHttp;
    }

    /** Digest of the file that is checked before use, {@code null} for no check. */
    @CheckForNull
    public String getSha256() {
        return sha256;
    }

    @DataBoundSetter
    public void setSha256(String sha256) {
        this.sha256 = Util.fixEmptyAndTrim(sha256);
    }

    /** Fingerprint of the key that must have signed the image, {@code null} for no check. */
    @CheckForNull
    public String getSigningKey() {
        return signingKey;
    }

    @DataBoundSetter
    public void setSigningKey(String signingKey) {
        this.signingKey = Util.fixEmptyAndTrim(signingKey);
    }

    final Integrity integrity() {
        return new Integrity(Util.fixNull(sha256), Util.fixNull(signingKey));
    }
}
