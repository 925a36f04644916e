package io.jenkins.plugins.slurmapptainer.declarative;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.AbortException;
import hudson.Util;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.execution.JobPlanner;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmAllocationStep;
import io.jenkins.plugins.slurmapptainer.pipeline.StepArguments;
import io.jenkins.plugins.slurmapptainer.pipeline.StepParameter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jenkins.model.Jenkins;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.pipeline.modeldefinition.agent.DeclarativeAgentDescriptor;
import org.jenkinsci.plugins.pipeline.modeldefinition.agent.RetryableDeclarativeAgent;
import org.jenkinsci.plugins.variant.OptionalExtension;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.StaplerRequest2;

/**
 * {@code agent { slurm { image '…'; label '…' } }}: the stages run on an agent, and what they start runs in an allocation,
 * as with the step {@code slurmAllocation}. SlurmAgentScript.groovy does that. Not safe for several threads while it is
 * configured.
 *
 * <p>Declarative Pipelines look for parameters in this class only, so the options of the step are named here once more,
 * with their types alone. What they mean and which values they take, the step knows.
 */
public final class SlurmAgent extends RetryableDeclarativeAgent<SlurmAgent> {
    private static final long serialVersionUID = 1L;

    /** A parameter of the step that has another meaning here. */
    private static final String LABEL = "label";

    @DataBoundConstructor
    public SlurmAgent() {}

    // spotless:off

    // Where the stages run.
    @DataBoundSetter public String label;
    @DataBoundSetter public String customWorkspace;
    @DataBoundSetter public boolean reuseNode;

    // The options of the allocation.
    @DataBoundSetter public String image;
    @DataBoundSetter public String template;
    @DataBoundSetter public String cluster;
    @DataBoundSetter public String jobName;
    @DataBoundSetter public String partition;
    @DataBoundSetter public String account;
    @DataBoundSetter public String qos;
    @DataBoundSetter public Integer nodes;
    @DataBoundSetter public Integer ntasks;
    @DataBoundSetter public Integer cpusPerTask;
    @DataBoundSetter public String memory;
    @DataBoundSetter public String time;
    @DataBoundSetter public String gpus;
    @DataBoundSetter public String gres;
    @DataBoundSetter public String constraint;
    @DataBoundSetter public String reservation;
    @DataBoundSetter public boolean exclusive;
    @DataBoundSetter public String dependency;
    @DataBoundSetter public String begin;
    @DataBoundSetter public List<String> options;
    @DataBoundSetter public String maxPending;
    @DataBoundSetter public List<String> binds;
    @DataBoundSetter public String home;
    @DataBoundSetter public boolean nv;
    @DataBoundSetter public boolean rocm;
    @DataBoundSetter public boolean containall;
    @DataBoundSetter public boolean writableTmpfs;

    // spotless:on

    /**
     * The label of the agents on which the stages may run: the one that is set, otherwise that of the head nodes of the
     * cluster that the step would take.
     *
     * @throws AbortException when an option is wrong that decides about the cluster
     */
    public String agentLabel(Run<?, ?> build) throws Exception {
        if (Util.fixEmptyAndTrim(label) != null) {
            return label;
        }
        try {
            SlurmAllocationStep step =
                    (SlurmAllocationStep) DescriptorImpl.step().newInstance(getArguments());
            return new JobPlanner(step.options(), build).cluster().getHeadNodeLabel();
        } catch (InvalidRequestException e) {
            throw new AbortException(e.getMessage());
        }
    }

    /** The arguments for the step: the options that are set. */
    public Map<String, Object> getArguments() {
        Map<String, Object> arguments = new LinkedHashMap<>();
        for (String name : StepArguments.parameters(SlurmAllocationStep.class).keySet()) {
            Object value = name.equals(LABEL) ? null : value(name);
            if (value != null && !value.equals(false)) {
                arguments.put(name, value);
            }
        }
        return arguments;
    }

    @CheckForNull
    private Object value(String option) {
        try {
            return SlurmAgent.class.getField(option).get(this);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("no option " + option, e);
        }
    }

    @Symbol("slurm")
    @OptionalExtension(requirePlugins = "pipeline-model-extensions")
    public static final class DescriptorImpl extends DeclarativeAgentDescriptor<SlurmAgent> {
        @Override
        @NonNull
        public String getDisplayName() {
            return "Run in a Slurm allocation, in an Apptainer image";
        }

        private static SlurmAllocationStep.DescriptorImpl step() {
            return Jenkins.get().getDescriptorByType(SlurmAllocationStep.DescriptorImpl.class);
        }

        /** The options that the form shows by themselves. */
        public List<StepParameter> getTitled() {
            return step().getTitled();
        }

        /** Called for a value without a name, which Jenkins does not hand on. */
        @Override
        public SlurmAgent newInstance() throws Exception {
            throw new AbortException(
                    "write the options of the agent with their names: agent { slurm { image '…'; label '…' } }");
        }

        /** Reads values as the step does. */
        @Override
        public SlurmAgent newInstance(Map<String, Object> arguments) throws Exception {
            try {
                return super.newInstance(StepArguments.checked(SlurmAgent.class, arguments));
            } catch (InvalidRequestException e) {
                throw new AbortException(e.getMessage());
            }
        }

        /** What a form leaves empty is not set. */
        @Override
        public SlurmAgent newInstance(@CheckForNull StaplerRequest2 req, @NonNull JSONObject formData)
                throws FormException {
            for (String name : StepArguments.parameters(SlurmAgent.class).keySet()) {
                if (formData.optString(name).isEmpty()) {
                    formData.remove(name);
                }
            }
            return super.newInstance(req, formData);
        }

        /** Options mean the same as those of the step. */
        @Override
        @CheckForNull
        public String getHelpFile(@CheckForNull String field) {
            String own = super.getHelpFile(field);
            return own == null && field != null ? step().getHelpFile(field) : own;
        }
    }
}
