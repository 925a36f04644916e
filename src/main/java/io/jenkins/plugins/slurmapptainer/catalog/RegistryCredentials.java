package io.jenkins.plugins.slurmapptainer.catalog;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.common.StandardUsernamePasswordCredentials;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Run;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.config.CredentialChoices;
import io.jenkins.plugins.slurmapptainer.image.ImageReference;
import io.jenkins.plugins.slurmapptainer.image.RegistryLogin;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * Users and passwords for registries. A build gets only those that it can see itself: those of its folder and the
 * global ones. Safe for several threads.
 */
public final class RegistryCredentials {
    private RegistryCredentials() {}

    /**
     * Looks up a login for a build, and records at the credentials that the build uses them.
     *
     * @param id empty for no login
     * @throws InvalidRequestException when the build cannot see such credentials
     */
    public static RegistryLogin login(String id, Run<?, ?> run) {
        if (id.isEmpty()) {
            return RegistryLogin.NONE;
        }
        StandardUsernamePasswordCredentials found =
                CredentialsProvider.findCredentialById(id, StandardUsernamePasswordCredentials.class, run, List.of());
        if (found == null) {
            throw new InvalidRequestException(
                    "image",
                    "the image's entry names the credentials '" + Printable.of(id)
                            + "' for its registry, but this build cannot see a username with password with this id");
        }
        CredentialsProvider.track(run, found);
        return new RegistryLogin(found.getUsername(), found.getPassword().getPlainText());
    }

    /** The credentials that the form offers to those who may see them. */
    static ListBoxModel choices(@CheckForNull String current) {
        return CredentialChoices.of(StandardUsernamePasswordCredentials.class, current);
    }

    /** @param path the path in the entry that names the credentials */
    static FormValidation check(@CheckForNull String id, String path) {
        if (id == null) {
            return FormValidation.ok();
        }
        if (!ImageReference.isMeant(path)) {
            return FormValidation.warning("Credentials count only for images of a registry (docker://, oras://).");
        }
        return Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                        && CredentialsProvider.findCredentialByIdInItemGroup(
                                        id,
                                        StandardUsernamePasswordCredentials.class,
                                        Jenkins.get(),
                                        ACL.SYSTEM2,
                                        List.of())
                                == null
                ? FormValidation.warning(
                        "Jenkins' own store has no such user and password; only builds in folders that have"
                                + " them can use the image.")
                : FormValidation.ok();
    }
}
