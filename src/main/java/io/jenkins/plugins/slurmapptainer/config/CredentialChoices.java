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

    /** Those of a kind that Jenkins itself may use, for whoever administers it; others see the current id only. */
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
