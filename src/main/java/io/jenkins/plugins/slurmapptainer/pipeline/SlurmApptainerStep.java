package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jenkinsci.plugins.structs.describable.CustomDescribableModel;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.jenkinsci.plugins.workflow.steps.StepExecution;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * {@code slurmApptainer(image: …, script: …)}: runs a script as one Slurm job and waits for its end. Not safe for
 * several threads while it is configured.
 *
 * <p>Each parameter is two lines, a setter and a getter. {@link SlurmJobStep} has those that every step with a job has.
 */
public final class SlurmApptainerStep extends SlurmJobStep {
    @DataBoundConstructor
    public SlurmApptainerStep(String script) {
        super(new SlurmJobOptions(script));
    }

    // spotless:off

    // What runs.
    public String getScript() { return options().script(); }
    @FormTitle("File with the script")
    @DataBoundSetter public void setScriptFile(String scriptFile) { options().set(LaunchOption.SCRIPT_FILE, scriptFile); }
    @CheckForNull public String getScriptFile() { return options().get(LaunchOption.SCRIPT_FILE); }
    @FormTitle("Interpreter")
    @DataBoundSetter public void setInterpreter(String interpreter) { options().set(LaunchOption.INTERPRETER, interpreter); }
    @CheckForNull public String getInterpreter() { return options().get(LaunchOption.INTERPRETER); }
    @DataBoundSetter public void setEnv(List<String> variables) { options().env(variables); }
    @CheckForNull public List<String> getEnv() { return orNull(options().env()); }

    // Files of its workspace, before and after.
    @DataBoundSetter public void setFiles(String files) { options().files(files); }
    @CheckForNull public String getFiles() { return options().files(); }
    @DataBoundSetter public void setOutputs(String outputs) { options().outputs(outputs); }
    @CheckForNull public String getOutputs() { return options().outputs(); }
    @DataBoundSetter public void setArchive(boolean archive) { options().archive(archive); }
    public boolean isArchive() { return options().archive(); }
    @DataBoundSetter public void setAllowEmptyFiles(boolean allowEmptyFiles) { options().allowEmptyFiles(allowEmptyFiles); }
    public boolean isAllowEmptyFiles() { return options().allowEmptyFiles(); }
    @DataBoundSetter public void setChecksums(boolean checksums) { options().checksums(checksums); }
    public boolean isChecksums() { return options().checksums(); }

    // Requests to Slurm.
    @DataBoundSetter public void setArray(String array) { options().set(Directive.ARRAY, array); }
    @CheckForNull public String getArray() { return options().get(Directive.ARRAY); }
    @FormTitle("Warning signal")
    @DataBoundSetter public void setSignal(String signal) { options().set(Directive.SIGNAL, signal); }
    @CheckForNull public String getSignal() { return options().get(Directive.SIGNAL); }
    @DataBoundSetter public void setDryRun(boolean dryRun) { options().dryRun(dryRun); }
    public boolean isDryRun() { return options().dryRun(); }

    // How it runs on the node.
    @FormTitle("Working directory")
    @DataBoundSetter public void setWorkingDirectory(String workingDirectory) { options().set(LaunchOption.WORKING_DIRECTORY, workingDirectory); }
    @CheckForNull public String getWorkingDirectory() { return options().get(LaunchOption.WORKING_DIRECTORY); }
    @DataBoundSetter public void setLaunch(String launch) { options().set(LaunchOption.LAUNCH, launch); }
    @CheckForNull public String getLaunch() { return options().get(LaunchOption.LAUNCH); }
    @FormTitle("MPI interface of the tasks")
    @DataBoundSetter public void setMpi(String mpi) { options().set(LaunchOption.MPI, mpi); }
    @CheckForNull public String getMpi() { return options().get(LaunchOption.MPI); }

    // The tasks of an array, or of srun.
    @DataBoundSetter public void setTaskOutput(String taskOutput) { options().tasks().output(taskOutput); }
    @CheckForNull public String getTaskOutput() { return options().tasks().output(); }
    @DataBoundSetter public void setTaskRetries(Integer taskRetries) { options().tasks().retries(taskRetries); }
    @CheckForNull public Integer getTaskRetries() { return options().tasks().retries(); }

    // What comes back.
    @DataBoundSetter public void setEncoding(String encoding) { options().encoding(encoding); }
    @CheckForNull public String getEncoding() { return options().encoding(); }
    @DataBoundSetter public void setReturnStatus(boolean returnStatus) { options().returnStatus(returnStatus); }
    public boolean isReturnStatus() { return options().returnStatus(); }
    @DataBoundSetter public void setReturnStdout(boolean returnStdout) { options().returnStdout(returnStdout); }
    public boolean isReturnStdout() { return options().returnStdout(); }
    @DataBoundSetter public void setPropagate(boolean propagate) { options().propagate(propagate); }
    public boolean isPropagate() { return options().propagate(); }

    // Lists for the form, one element a line.
    @Restricted(NoExternalUse.class) public String getEnvLines() { return lines(options().env()); }

    // spotless:on

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        showLabel(context);
        return new SlurmApptainerStepExecution(context, options());
    }

    @Extension
    public static final class DescriptorImpl extends StepForm implements CustomDescribableModel {
        /** The name that Jenkins gives an argument without a name ({@code UninstantiatedDescribable.ANONYMOUS_KEY}). */
        private static final String WITHOUT_NAME = "";

        public DescriptorImpl() {
            super(SlurmApptainerStep.class);
        }

        @Override
        SlurmJobOptions options(Step made) {
            return ((SlurmApptainerStep) made).options();
        }

        @Override
        public String getFunctionName() {
            return "slurmApptainer";
        }

        @Override
        public String getDisplayName() {
            return "Run a script as a Slurm job, in an Apptainer image";
        }

        /** No workspace: without files to attach, the step needs no executor. */
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

        /** For other callers that write arguments, such as those that make build steps from text. */
        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return arguments.containsKey(WITHOUT_NAME) ? arguments : StepArguments.checked(clazz, arguments);
        }
    }
}
