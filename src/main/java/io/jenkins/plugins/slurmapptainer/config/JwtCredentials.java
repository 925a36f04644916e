package io.jenkins.plugins.slurmapptainer.config;

import com.cloudbees.plugins.credentials.CredentialsProvider;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmJwt;
import java.time.Instant;
import java.util.List;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.plaincredentials.StringCredentials;

/**
 * The secret texts that can serve as a cluster's token. They come from Jenkins' own store, not from a build's folder:
 * one call of {@code squeue} serves the jobs of all builds and belongs to none of them.
 */
final class JwtCredentials {
    private JwtCredentials() {}

    /**
     * The credentials with the given id.
     *
     * @throws InvalidRequestException when there are none
     */
    static StringCredentials get(String id) {
        StringCredentials found = CredentialsProvider.findCredentialByIdInItemGroup(
                id, StringCredentials.class, Jenkins.get(), ACL.SYSTEM2, List.of());
        if (found == null) {
            throw new InvalidRequestException(
                    "slurmJwtCredentialsId",
                    "Jenkins' own store (Manage Jenkins, Credentials, System) has no secret text with the id '"
                            + Printable.of(id) + "'");
        }
        return found;
    }

    /**
     * The token in the credentials.
     *
     * @throws InvalidRequestException when it is no token, or has expired
     */
    static SlurmJwt token(StringCredentials credentials) {
        SlurmJwt token = SlurmJwt.of(credentials.getSecret().getPlainText());
        token.expiry().filter(Instant.now()::isAfter).ifPresent(expired -> {
            throw new InvalidRequestException(
                    "slurmJwtCredentialsId",
                    "the token in '" + credentials.getId() + "' has run out at " + expired
                            + "; put a new one from 'scontrol token' into these credentials");
        });
        return token;
    }

    /** The credentials that the form offers to those who may see them. */
    static ListBoxModel choices(@CheckForNull String current) {
        return CredentialChoices.of(StringCredentials.class, current);
    }
}
