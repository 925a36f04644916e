package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;

/** The rules of the model as answers to a form. */
final class FieldCheck {
    private FieldCheck() {}

    /** @param rule throws {@link InvalidRequestException} for what it does not accept */
    static FormValidation of(Runnable rule) {
        try {
            rule.run();
            return FormValidation.ok();
        } catch (InvalidRequestException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
