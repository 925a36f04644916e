package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.List;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** Helpers for the checks of forms. Safe for several threads. */
@Restricted(NoExternalUse.class)
public final class Checks {
    private Checks() {}

    /**
     * Runs a rule and returns its objection, if any. The message leaves out the field's name, because the form shows
     * it.
     *
     * @param rule throws {@link InvalidRequestException} for a value that it does not accept
     */
    public static FormValidation of(Runnable rule) {
        try {
            rule.run();
            return FormValidation.ok();
        } catch (InvalidRequestException e) {
            return FormValidation.error(sentence(e));
        }
    }

    /** The message without the field's name. */
    static String sentence(InvalidRequestException e) {
        return e.reason();
    }

    /** Warns of listed folders that do not exist. */
    static FormValidation folders(String lines) {
        List<String> unknown = NamePatterns.of(Util.fixNull(lines)).patterns().stream()
                .filter(name -> !name.contains("*") && !name.equals("/"))
                .filter(name -> Jenkins.get().getItemByFullName(name) == null)
                .toList();
        return unknown.isEmpty()
                ? FormValidation.ok()
                : FormValidation.warning("There is no folder '" + Printable.of(unknown.get(0)) + "'.");
    }

    /**
     * Checks the permission to change settings that both folders and the controller have.
     *
     * @param folder whose form is filled in, {@code null} for the controller's
     */
    public static void checkMayConfigure(@CheckForNull Item folder) {
        if (folder == null) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
        } else {
            folder.checkPermission(Item.CONFIGURE);
        }
    }

    /** Whether the form may be seen. */
    static boolean mayRead(@CheckForNull Item folder) {
        return folder == null
                ? Jenkins.get().hasPermission(Jenkins.SYSTEM_READ)
                : folder.hasPermission(Item.EXTENDED_READ);
    }
}
