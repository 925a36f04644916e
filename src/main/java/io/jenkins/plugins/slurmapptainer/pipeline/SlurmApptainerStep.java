package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/** {@code slurmApptainer(image: …, script: …)}: runs a script as one Slurm job and waits for its end. */
public final class SlurmApptainerStep extends ArrayStep {
    /** As the steps of Jenkins have it that run something. */
    static final int MAX_LABEL = 100;

    private final SlurmJobOptions options;
    private String label;

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
    public String getTemplate() {
        return options.template();
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        options.template(template);
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

    public boolean isAllowEmptyFiles() {
        return options.allowEmptyFiles();
    }

    @DataBoundSetter
    public void setAllowEmptyFiles(boolean allowEmptyFiles) {
        options.allowEmptyFiles(allowEmptyFiles);
    }

    public boolean isChecksums() {
        return options.checksums();
    }

    @DataBoundSetter
    public void setChecksums(boolean checksums) {
        options.checksums(checksums);
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

    public boolean isReturnStdout() {
        return options.returnStdout();
    }

    @DataBoundSetter
    public void setReturnStdout(boolean returnStdout) {
        options.returnStdout(returnStdout);
    }

    /** What the graph of the build calls this step, {@code null} for the usual. */
    @CheckForNull
    public String getLabel() {
        return label;
    }

    @DataBoundSetter
    public void setLabel(String label) {
        this.label = Util.fixEmptyAndTrim(label);
    }

    @CheckForNull
    public String getEncoding() {
        return options.encoding();
    }

    @DataBoundSetter
    public void setEncoding(String encoding) {
        options.encoding(encoding);
    }

    public boolean isPropagate() {
        return options.propagate();
    }

    @DataBoundSetter
    public void setPropagate(boolean propagate) {
        options.propagate(propagate);
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        FlowNode node = label == null ? null : context.get(FlowNode.class);
        if (node != null) {
            node.addAction(new LabelAction(label.substring(0, Math.min(label.length(), MAX_LABEL))));
        }
        return new SlurmApptainerStepExecution(context, options);
    }

    @Extension
    public static final class DescriptorImpl extends StepForm implements CustomDescribableModel {
        /** Stands for the name of an only argument ({@code UninstantiatedDescribable.ANONYMOUS_KEY}). */
        private static final String WITHOUT_NAME = "";

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

        @Override
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            // Before Jenkins looks into maps, whose keys may be GStrings.
            try {
                return super.newInstance(StepArguments.checked(clazz, arguments));
            } catch (InvalidRequestException e) {
                throw new AbortException(e.getMessage());
            }
        }

        /** For whatever else writes arguments, such as what makes build steps of text. */
        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return arguments.containsKey(WITHOUT_NAME) ? arguments : StepArguments.checked(clazz, arguments);
        }

        /** The form writes lists as lines; there is no control for a list of texts. */
        @Override
        public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
            formData.put("options", lines(formData.optString("options")));
            formData.put("env", lines(formData.optString("env")));
            formData.put("binds", lines(formData.optString("binds")));
            return super.newInstance(req, formData);
        }

        private static JSONArray lines(String text) {
            return JSONArray.fromObject(text.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty())
                    .collect(Collectors.toList()));
        }
    }
}
