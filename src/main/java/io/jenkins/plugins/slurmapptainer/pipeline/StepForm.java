package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.execution.JobPreview;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.image.ImageLookup;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Interpreter;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.LaunchRequest;
import io.jenkins.plugins.slurmapptainer.job.OutputEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/** The form of the Pipeline step and the build step: what it offers, and its checks while it is filled in. */
@Restricted(NoExternalUse.class)
public abstract class StepForm extends TemplateField {
    /** The longest label that is shown, in characters. */
    static final int MAX_LABEL = 100;

    /** Parameters without effect on the batch script. A build step does not have them. */
    private static final Set<String> OF_THE_STEP = Set.of("label", "propagate", "returnStatus", "returnStdout");

    private final transient Class<? extends Step> step;

    /** @param step the step whose parameters the form shows */
    StepForm(Class<? extends Step> step) {
        this.step = step;
    }

    /** The options of a step that the form has made. */
    abstract SlurmJobOptions options(Step made);

    /**
     * The parameters that the form shows by themselves: first Slurm's options and then those for the run, each in their
     * order, then all others.
     */
    public List<StepParameter> getTitled() {
        Map<String, StepParameter> parameters = StepArguments.parameters(step);
        Stream<String> slurm = Arrays.stream(Directive.values()).map(Directive::field);
        Stream<String> run = Arrays.stream(LaunchOption.values()).map(LaunchOption::field);
        return Stream.of(slurm, run, parameters.keySet().stream())
                .flatMap(names -> names)
                .distinct()
                .map(parameters::get)
                .filter(parameter -> parameter != null && !parameter.getTitle().isEmpty())
                .toList();
    }

    /** The fields that decide the batch script, in the form in which a button names what it sends. */
    public String getPreviewed() {
        return StepArguments.parameters(step).keySet().stream()
                .filter(name -> !OF_THE_STEP.contains(name))
                .collect(Collectors.joining(","));
    }

    /** Checks the arguments before Jenkins looks into maps, whose keys may be GStrings. */
    @Override
    public Step newInstance(Map<String, Object> arguments) throws Exception {
        try {
            return super.newInstance(StepArguments.checked(step, arguments));
        } catch (InvalidRequestException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** The form sends lists as lines, because Jenkins has no control for a list of texts. */
    @Override
    public Step newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData) throws FormException {
        for (StepParameter parameter : StepArguments.parameters(step).values()) {
            if (parameter.isList()) {
                formData.put(parameter.getName(), lines(formData.optString(parameter.getName())));
            }
        }
        return super.newInstance(req, formData);
    }

    private static JSONArray lines(String text) {
        return JSONArray.fromObject(
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.toList()));
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

    @POST
    public FormValidation doCheckImage(
            @AncestorInPath Item item, @QueryParameter String value, @QueryParameter String cluster) {
        // A value with a build variable is checked when the build runs.
        if (!mayConfigure(item) || value.isBlank() || value.contains("$")) {
            return FormValidation.ok();
        }
        try {
            ImageRecord image = ImageCatalog.get().image(value.trim(), cluster, item);
            String facts = Stream.of(image.version(), image.notes().description(), image.path())
                    .filter(fact -> !fact.isEmpty())
                    .collect(Collectors.joining(" · "));
            return ImageLookup.warning(image).map(FormValidation::warning).orElseGet(() -> FormValidation.ok(facts));
        } catch (InvalidRequestException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    @POST
    public FormValidation doCheckMemory(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, Directive.MEMORY::checkWritten);
    }

    @POST
    public FormValidation doCheckTime(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, Directive.TIME::checkWritten);
    }

    @POST
    public FormValidation doCheckEncoding(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, OutputEncoding::parse);
    }

    @POST
    public FormValidation doCheckLabel(@AncestorInPath Item item, @QueryParameter String value) {
        return !mayConfigure(item) || value.length() <= MAX_LABEL
                ? FormValidation.ok()
                : FormValidation.warning("Only the first " + MAX_LABEL + " characters are shown.");
    }

    @POST
    public FormValidation doCheckJobName(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, Directive.JOB_NAME::check);
    }

    @POST
    public FormValidation doCheckBegin(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, Directive.BEGIN::check);
    }

    @POST
    public FormValidation doCheckDependency(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, Directive.DEPENDENCY::check);
    }

    @POST
    public FormValidation doCheckArray(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, ArrayIndexes::parse);
    }

    @POST
    public ListBoxModel doFillTaskOutputItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("on the console, of an array with the task's index before each line", "");
        items.add("on the console, of tasks that srun starts with their number before each line", "labels");
        items.add("as files in the workspace", "files");
        return items;
    }

    @POST
    public ListBoxModel doFillHomeItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("(as the cluster has it)", "");
        items.add("one of the job's own", "job");
        items.add("that of the account that jobs run as", "account");
        return items;
    }

    @POST
    public ListBoxModel doFillLaunchItems() {
        ListBoxModel items = new ListBoxModel();
        items.add("(as the template has it, otherwise once)", "");
        items.add("once, on the first node", "once");
        items.add("once for each task, on all nodes, by srun", "srun");
        items.add("once, outside the image", "host");
        return items;
    }

    @POST
    public FormValidation doCheckMpi(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, text -> LaunchRequest.of(Map.of(LaunchOption.MPI, text)));
    }

    @POST
    public FormValidation doCheckInterpreter(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, Interpreter::parse);
    }

    @POST
    public FormValidation doCheckBinds(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, text -> LaunchRequest.of(Map.of(LaunchOption.BINDS, text)));
    }

    @POST
    public FormValidation doCheckWorkingDirectory(@AncestorInPath Item item, @QueryParameter String value) {
        return check(item, value, text -> LaunchRequest.of(Map.of(LaunchOption.WORKING_DIRECTORY, text)));
    }

    private static FormValidation check(Item item, String value, Consumer<String> rule) {
        // A value with a build variable is checked when the build runs.
        if (!mayConfigure(item) || value.isBlank() || value.contains("$")) {
            return FormValidation.ok();
        }
        try {
            rule.accept(value.trim());
            return FormValidation.ok();
        } catch (InvalidRequestException e) {
            return FormValidation.error(e.getMessage());
        }
    }

    /** Shows the batch script for the values of the form. Nothing is submitted, and no agent is asked. */
    @POST
    public FormValidation doPreview(@AncestorInPath Item item, StaplerRequest2 request) {
        if (!mayConfigure(item)) {
            return FormValidation.error("You may not configure this job.");
        }
        JSONObject values = new JSONObject();
        request.getParameterMap().forEach((name, value) -> values.put(name, value[0]));
        try {
            String script = JobPreview.of(options(newInstance(request, values)), item);
            return FormValidation.okWithMarkup("<pre>" + Util.xmlEscape(script) + "</pre>");
        } catch (InvalidRequestException | Descriptor.FormException e) {
            return FormValidation.error(e.getMessage());
        }
    }
}
