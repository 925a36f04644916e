package io.jenkins.plugins.slurmapptainer.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.common.StandardCredentials;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.security.ACL;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The credentials that a field of the system configuration offers. */
@Restricted(NoExternalUse.class)
public final class CredentialChoices {
    private CredentialChoices() {}

    /**
     * Credentials of a kind that Jenkins itself may use. Administrators see them all; others see only the current id.
     */
    public static ListBoxModel of(Class<? extends StandardCredentials> kind, @CheckForNull String current) {
        StandardListBoxModel choices = new StandardListBoxModel();
        if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
            choices.includeEmptyValue()
                    .includeMatchingAs(ACL.SYSTEM2, Jenkins.get(), kind, List.of(), CredentialsMatchers.always());
        }
        choices.includeCurrentValue(Util.fixNull(current));
        return choices;
    }
}
