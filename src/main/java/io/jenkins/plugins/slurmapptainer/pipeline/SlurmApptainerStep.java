package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
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
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepDescriptor;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** {@code slurmApptainer(image: …, script: …)}: runs a script as one Slurm job and waits for its end. */
public final class SlurmApptainerStep extends Step {
    private final SlurmJobOptions options;

    @DataBoundConstructor
    public SlurmApptainerStep(String script) {
        options = new SlurmJobOptions(script);
    }

    /** What was asked for. */
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
    public String getJobName() {
        return options.get(Directive.JOB_NAME);
    }

    @DataBoundSetter
    public void setJobName(String jobName) {
        options.set(Directive.JOB_NAME, jobName);
    }

    @CheckForNull
    public String getPartition() {
        return options.get(Directive.PARTITION);
    }

    @DataBoundSetter
    public void setPartition(String partition) {
        options.set(Directive.PARTITION, partition);
    }

    @CheckForNull
    public String getAccount() {
        return options.get(Directive.ACCOUNT);
    }

    @DataBoundSetter
    public void setAccount(String account) {
        options.set(Directive.ACCOUNT, account);
    }

    @CheckForNull
    public String getQos() {
        return options.get(Directive.QOS);
    }

    @DataBoundSetter
    public void setQos(String qos) {
        options.set(Directive.QOS, qos);
    }

    @CheckForNull
    public Integer getNodes() {
        return options.number(Directive.NODES);
    }

    @DataBoundSetter
    public void setNodes(Integer nodes) {
        options.number(Directive.NODES, nodes);
    }

    @CheckForNull
    public Integer getNtasks() {
        return options.number(Directive.NTASKS);
    }

    @DataBoundSetter
    public void setNtasks(Integer ntasks) {
        options.number(Directive.NTASKS, ntasks);
    }

    @CheckForNull
    public Integer getCpusPerTask() {
        return options.number(Directive.CPUS_PER_TASK);
    }

    @DataBoundSetter
    public void setCpusPerTask(Integer cpusPerTask) {
        options.number(Directive.CPUS_PER_TASK, cpusPerTask);
    }

    @CheckForNull
    public String getMemory() {
        return options.get(Directive.MEMORY);
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        options.set(Directive.MEMORY, memory);
    }

    @CheckForNull
    public String getTime() {
        return options.get(Directive.TIME);
    }

    @DataBoundSetter
    public void setTime(String time) {
        options.set(Directive.TIME, time);
    }

    @CheckForNull
    public Integer getGpus() {
        return options.number(Directive.GPUS);
    }

    @DataBoundSetter
    public void setGpus(Integer gpus) {
        options.number(Directive.GPUS, gpus);
    }

    @CheckForNull
    public String getGres() {
        return options.get(Directive.GRES);
    }

    @DataBoundSetter
    public void setGres(String gres) {
        options.set(Directive.GRES, gres);
    }

    @CheckForNull
    public String getConstraint() {
        return options.get(Directive.CONSTRAINT);
    }

    @DataBoundSetter
    public void setConstraint(String constraint) {
        options.set(Directive.CONSTRAINT, constraint);
    }

    @CheckForNull
    public String getReservation() {
        return options.get(Directive.RESERVATION);
    }

    @DataBoundSetter
    public void setReservation(String reservation) {
        options.set(Directive.RESERVATION, reservation);
    }

    public boolean isExclusive() {
        return options.get(Directive.EXCLUSIVE) != null;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        options.set(Directive.EXCLUSIVE, exclusive ? "true" : null);
    }

    @CheckForNull
    public String getDependency() {
        return options.get(Directive.DEPENDENCY);
    }

    @DataBoundSetter
    public void setDependency(String dependency) {
        options.set(Directive.DEPENDENCY, dependency);
    }

    @CheckForNull
    public List<String> getOptions() {
        return options.options().isEmpty() ? null : options.options();
    }

    @DataBoundSetter
    public void setOptions(List<String> more) {
        options.options(more);
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

        @POST
        public ListBoxModel doFillImageItems(@AncestorInPath Item item) {
            ListBoxModel items = new ListBoxModel();
            items.add("(none: run on the host)", "");
            if (mayConfigure(item)) {
                for (ImageRecord image : ImageCatalog.get().records()) {
                    items.add(image.id());
                }
            }
            return items;
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
            if (!mayConfigure(item) || value.isBlank()) {
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
            return item == null
                    ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                    : item.hasPermission(Item.CONFIGURE);
        }
    }
}
