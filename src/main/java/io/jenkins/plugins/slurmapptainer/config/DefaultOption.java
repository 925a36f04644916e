package io.jenkins.plugins.slurmapptainer.config;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An option with the value that counts when a build does not set it. Jenkins makes it from a form or a file. */
public final class DefaultOption implements Describable<DefaultOption> {
    private final String option;
    private final String value;

    /**
     * @param option the parameter's name in a Jenkinsfile
     * @param value which Slurm must understand
     */
    @DataBoundConstructor
    public DefaultOption(String option, String value) {
        this.option = Util.fixNull(option).trim();
        this.value = Util.fixNull(value).trim();
    }

    public String getOption() {
        return option;
    }

    public String getValue() {
        return value;
    }

    /** @throws InvalidRequestException when there is no such parameter, or it cannot have a default */
    Directive directive() {
        return Directive.ofField(option)
                .filter(directive -> !directive.isOfOneJob())
                .orElseThrow(() -> {
                    List<String> near = NearMisses.of(names(), option);
                    return new InvalidRequestException(
                            "defaults",
                            "'" + Printable.of(option) + "' is no option that can have a default; "
                                    + (near.isEmpty()
                                            ? "there are " + String.join(", ", names())
                                            : "did you mean " + String.join(" or ", near) + "?"));
                });
    }

    /** @throws InvalidRequestException for a value that Slurm may read differently from what people mean */
    String checked() {
        return value.isEmpty() || directive().isFlag() ? value : directive().checkWritten(value);
    }

    private static List<String> names() {
        return Arrays.stream(Directive.values())
                .filter(directive -> !directive.isOfOneJob())
                .map(Directive::field)
                .collect(Collectors.toList());
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<DefaultOption> {
        @Override
        public String getDisplayName() {
            return "Default option";
        }

        @POST
        public ListBoxModel doFillOptionItems() {
            ListBoxModel items = new ListBoxModel();
            if (Jenkins.get().hasPermission(Jenkins.SYSTEM_READ)) {
                names().forEach(items::add);
            }
            return items;
        }

        @POST
        public FormValidation doCheckValue(@QueryParameter String value, @QueryParameter String option) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return Checks.of(() -> {
                Directive directive = new DefaultOption(option, value).directive();
                directive.checkWritten(value.trim());
            });
        }
    }
}
