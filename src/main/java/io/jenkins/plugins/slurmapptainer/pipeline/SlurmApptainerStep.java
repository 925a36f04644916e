package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.model.Item;
import hudson.model.Run;
import hudson.model.TaskListener;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.image.ImageLookup;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** {@code slurmApptainer(image: …, script: …)}: runs a script as one Slurm job and waits for its end. */
public final class SlurmApptainerStep extends DirectiveStep {
    private final SlurmJobOptions options;

    @DataBoundConstructor
    public SlurmApptainerStep(String script) {
        options = new SlurmJobOptions(script);
    }

    @Override
    public SlurmJobOptions options() {
        return options;
    }

    public String getScript() {
        return options.script();
    }

    @CheckForNull
    public String getImage() {
        return options.image();
    }

    @DataBoundSetter
    public void setImage(String image) {
        options.image(image);
    }

    @CheckForNull
    public String getFiles() {
        return options.files();
    }

    @DataBoundSetter
    public void setFiles(String files) {
        options.files(files);
    }

    @CheckForNull
    public String getCluster() {
        return options.cluster();
    }

    @DataBoundSetter
    public void setCluster(String cluster) {
        options.cluster(cluster);
    }

    @CheckForNull
    public List<String> getOptions() {
        return options.options().isEmpty() ? null : options.options();
    }

    @DataBoundSetter
    public void setOptions(List<String> more) {
        options.options(more);
    }

    /** The further options as the form shows them, one a line. */
    @Restricted(NoExternalUse.class)
    public String getOptionLines() {
        return String.join("\n", options.options());
    }

    @CheckForNull
    public String getOutputs() {
        return options.outputs();
    }

    @DataBoundSetter
    public void setOutputs(String outputs) {
        options.outputs(outputs);
    }

    public boolean isArchive() {
        return options.archive();
    }

    @DataBoundSetter
    public void setArchive(boolean archive) {
        options.archive(archive);
    }

    public boolean isDryRun() {
        return options.dryRun();
    }

    @DataBoundSetter
    public void setDryRun(boolean dryRun) {
        options.dryRun(dryRun);
    }

    @CheckForNull
    public String getMaxPending() {
        return options.maxPending();
    }

    @DataBoundSetter
    public void setMaxPending(String maxPending) {
        options.maxPending(maxPending);
    }

    @CheckForNull
    public List<String> getEnv() {
        return options.env().isEmpty() ? null : options.env();
    }

    @DataBoundSetter
    public void setEnv(List<String> variables) {
        options.env(variables);
    }

    /** The variables as the form shows them, one a line. */
    @Restricted(NoExternalUse.class)
    public String getEnvLines() {
        return String.join("\n", options.env());
    }

    public boolean isReturnStatus() {
        return options.returnStatus();
    }

    @DataBoundSetter
    public void setReturnStatus(boolean returnStatus) {
        options.returnStatus(returnStatus);
    }

    @Override
    public StepExecution start(StepContext context) {
        return new SlurmApptainerStepExecution(context, options);
    }

    @Extension
    public static final class DescriptorImpl extends StepDescriptor {
        @Override
        public String getFunctionName() {
            return "slurmApptainer";
        }

        @Override
        public String getDisplayName() {
            return "Run a script as a Slurm job, in an Apptainer image";
        }

        /** No workspace: the step holds no executor when there are no files to attach. */
        @Override
        public Set<? extends Class<?>> getRequiredContext() {
            return Set.of(Run.class, TaskListener.class);
        }

        @Override
        public String argumentsToString(Map<String, Object> arguments) {
            Object image = arguments.get("image");
            Object script = arguments.get("script");
            return (image == null ? "" : image + ": ") + (script == null ? "" : script);
        }

        @POST
        public ListBoxModel doFillClusterItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            items.add("(the only one)", "");
            if (mayConfigure(item)) {
                for (SlurmCluster cluster : SlurmGlobalConfiguration.get().getClusters()) {
                    items.add(cluster.getName());
                }
            }
            return items;
        }

        @Override
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            try {
                return super.newInstance(StepArguments.checked(clazz, arguments));
            } catch (InvalidRequestException e) {
                throw new AbortException(e.getMessage());
            }
        }

        /** The form writes lists as lines; there is no control for a list of texts. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
            formData.put("options", lines(formData.optString("options")));
            formData.put("env", lines(formData.optString("env")));
            return super.newInstance(req, formData);
        }

        private static JSONArray lines(String text) {
            return JSONArray.fromObject(text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toList()));
        }

        @POST
        public FormValidation doCheckImage(
                @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String cluster) {
            // What a variable of the build stands for is checked when the build runs.
            if (!mayConfigure(item) || value.isBlank() || value.contains("$")) {
                return FormValidation.ok();
            }
            try {
                ImageRecord image =
                        ImageCatalog.get().image(value.trim(), cluster, item == null ? null : item.getFullName());
                String facts = Stream.of(image.version(), image.notes().description(), image.path())
                        .filter(fact -> !fact.isEmpty())
                        .collect(Collectors.joining(" · "));
                return ImageLookup.warning(image)
                        .map(FormValidation::warning)
                        .orElseGet(() -> FormValidation.ok(facts));
            } catch (InvalidRequestException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        @POST
        public FormValidation doCheckMemory(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, Directive.MEMORY, value);
        }

        @POST
        public FormValidation doCheckTime(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, Directive.TIME, value);
        }

        @POST
        public FormValidation doCheckJobName(@AncestorInPath Item item, @QueryParameter String value) {
            return check(item, Directive.JOB_NAME, value);
        }

        private static FormValidation check(Item item, Directive directive, String value) {
            // What a variable of the build stands for is checked when the build runs.
            if (!mayConfigure(item) || value.isBlank() || value.contains("$")) {
                return FormValidation.ok();
            }
            try {
                directive.check(value.trim());
                return FormValidation.ok();
            } catch (InvalidRequestException e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static boolean mayConfigure(Item item) {
            return item == null ? Jenkins.get().hasPermission(Jenkins.ADMINISTER) : item.hasPermission(Item.CONFIGURE);
        }
    }
}
