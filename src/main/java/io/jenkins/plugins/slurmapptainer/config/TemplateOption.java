package io.jenkins.plugins.slurmapptainer.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.template.OptionRule;
import io.jenkins.plugins.slurmapptainer.template.TemplateOptions;
import java.util.List;
import java.util.regex.Pattern;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** One option of a template: its value, and how builds may change it. Jenkins makes it from a form or a file. */
public final class TemplateOption implements Describable<TemplateOption> {
    private static final Pattern SEPARATOR = Pattern.compile("[,\\r\\n]+");

    private final String option;
    private String value;
    private String min;
    private String max;
    private String allowed;
    private boolean fixed;

    /** @param option the parameter's name in a Jenkinsfile */
    @DataBoundConstructor
    public TemplateOption(String option) {
        this.option = Util.fixNull(option).trim();
    }

    public String getOption() {
        return option;
    }

    /** The value if a build does not set it, {@code null} when it is inherited or left to the build. */
    @CheckForNull
    public String getValue() {
        return value;
    }

    @DataBoundSetter
    public void setValue(String value) {
        this.value = Util.fixEmptyAndTrim(value);
    }

    /** The least that a build may ask for, {@code null} for no bound. */
    @CheckForNull
    public String getMin() {
        return min;
    }

    @DataBoundSetter
    public void setMin(String min) {
        this.min = Util.fixEmptyAndTrim(min);
    }

    /** The most that a build may ask for, {@code null} for no bound. */
    @CheckForNull
    public String getMax() {
        return max;
    }

    @DataBoundSetter
    public void setMax(String max) {
        this.max = Util.fixEmptyAndTrim(max);
    }

    /** Values or patterns that a build may choose, separated by commas or line breaks, {@code null} for everything. */
    @CheckForNull
    public String getAllowed() {
        return allowed;
    }

    @DataBoundSetter
    public void setAllowed(String allowed) {
        this.allowed = Util.fixEmptyAndTrim(allowed);
    }

    /** Whether builds must not change the value. */
    public boolean isFixed() {
        return fixed;
    }

    @DataBoundSetter
    public void setFixed(boolean fixed) {
        this.fixed = fixed;
    }

    OptionRule toRule() {
        List<String> names = SEPARATOR
                .splitAsStream(Util.fixNull(allowed))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
        return new OptionRule(
                Util.fixNull(option), Util.fixNull(value), Util.fixNull(min), Util.fixNull(max), names, fixed);
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<TemplateOption> {
        @Override
        public String getDisplayName() {
            return "Option of a template";
        }

        @POST
        public ListBoxModel doFillOptionItems(@AncestorInPath Item folder) {
            ListBoxModel items = new ListBoxModel();
            if (Checks.mayRead(folder)) {
                TemplateOptions.names().forEach(items::add);
            }
            return items;
        }

        @POST
        public FormValidation doCheckValue(
                @AncestorInPath Item folder, @QueryParameter String value, @QueryParameter String option) {
            return check(folder, option, value, "");
        }

        @POST
        public FormValidation doCheckMin(
                @AncestorInPath Item folder, @QueryParameter String value, @QueryParameter String option) {
            return check(folder, option, "", value);
        }

        @POST
        public FormValidation doCheckMax(
                @AncestorInPath Item folder,
                @QueryParameter String value,
                @QueryParameter String option,
                @QueryParameter String min) {
            Checks.checkMayConfigure(folder);
            return Checks.of(() -> new OptionRule(option, "", min.trim(), value.trim(), List.of(), false).checkWhole());
        }

        private static FormValidation check(@CheckForNull Item folder, String option, String value, String bound) {
            Checks.checkMayConfigure(folder);
            return Checks.of(
                    () -> new OptionRule(option, value.trim(), bound.trim(), "", List.of(), false).checkParts());
        }
    }
}
