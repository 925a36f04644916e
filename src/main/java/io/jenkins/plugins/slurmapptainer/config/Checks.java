package io.jenkins.plugins.slurmapptainer.config;

import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** A rule of the plain classes as the check of a form's field. */
@Restricted(NoExternalUse.class)
public final class Checks {
    private Checks() {}

    /**
     * What the rule has against the value, if anything; the field's name is left out, the form shows it.
     *
     * @param rule throws {@link InvalidRequestException} for what it does not accept
     */
    public static FormValidation of(Runnable rule) {
        try {
            rule.run();
            return FormValidation.ok();
        } catch (InvalidRequestException e) {
            return FormValidation.error(e.getMessage().substring(e.field().length() + ": ".length()));
        }
    }
}
