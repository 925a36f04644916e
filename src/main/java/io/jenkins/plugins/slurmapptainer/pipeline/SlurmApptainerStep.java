package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import hudson.Extension;
import hudson.Util;
import hudson.model.Run;
import hudson.model.TaskListener;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
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

/**
 * {@code slurmApptainer(image: …, script: …)}: runs a script as one Slurm job and waits for its end. Not safe for
 * several threads while it is configured.
 *
 * <p>Each parameter is two lines, a setter and a getter. They are all in this class because Jenkins looks for them only
 * in a class and its superclasses.
 */
public final class SlurmApptainerStep extends Step {
    private final SlurmJobOptions options;
    private String label;

    @DataBoundConstructor
    public SlurmApptainerStep(String script) {
        options = new SlurmJobOptions(script);
    }

    /** The options of the build. */
    public SlurmJobOptions options() {
        return options;
    }

    // spotless:off

    // What runs.
    public String getScript() { return options.script(); }
    @FormTitle("File with the script")
    @DataBoundSetter public void setScriptFile(String scriptFile) { options.set(LaunchOption.SCRIPT_FILE, scriptFile); }
    @CheckForNull public String getScriptFile() { return options.get(LaunchOption.SCRIPT_FILE); }
    @FormTitle("Interpreter")
    @DataBoundSetter public void setInterpreter(String interpreter) { options.set(LaunchOption.INTERPRETER, interpreter); }
    @CheckForNull public String getInterpreter() { return options.get(LaunchOption.INTERPRETER); }
    @DataBoundSetter public void setImage(String image) { options.image(image); }
    @CheckForNull public String getImage() { return options.image(); }
    @DataBoundSetter public void setTemplate(String template) { options.template(template); }
    @CheckForNull public String getTemplate() { return options.template(); }
    @DataBoundSetter public void setEnv(List<String> variables) { options.env(variables); }
    @CheckForNull public List<String> getEnv() { return orNull(options.env()); }

    // Files of its workspace, before and after.
    @DataBoundSetter public void setFiles(String files) { options.files(files); }
    @CheckForNull public String getFiles() { return options.files(); }
    @DataBoundSetter public void setOutputs(String outputs) { options.outputs(outputs); }
    @CheckForNull public String getOutputs() { return options.outputs(); }
    @DataBoundSetter public void setArchive(boolean archive) { options.archive(archive); }
    public boolean isArchive() { return options.archive(); }
    @DataBoundSetter public void setAllowEmptyFiles(boolean allowEmptyFiles) { options.allowEmptyFiles(allowEmptyFiles); }
    public boolean isAllowEmptyFiles() { return options.allowEmptyFiles(); }
    @DataBoundSetter public void setChecksums(boolean checksums) { options.checksums(checksums); }
    public boolean isChecksums() { return options.checksums(); }

    // Requests to Slurm.
    @DataBoundSetter public void setCluster(String cluster) { options.cluster(cluster); }
    @CheckForNull public String getCluster() { return options.cluster(); }
    @FormTitle("Job name")
    @DataBoundSetter public void setJobName(String jobName) { options.set(Directive.JOB_NAME, jobName); }
    @CheckForNull public String getJobName() { return options.get(Directive.JOB_NAME); }
    @DataBoundSetter public void setPartition(String partition) { options.set(Directive.PARTITION, partition); }
    @CheckForNull public String getPartition() { return options.get(Directive.PARTITION); }
    @FormTitle("Account")
    @DataBoundSetter public void setAccount(String account) { options.set(Directive.ACCOUNT, account); }
    @CheckForNull public String getAccount() { return options.get(Directive.ACCOUNT); }
    @FormTitle("Quality of service")
    @DataBoundSetter public void setQos(String qos) { options.set(Directive.QOS, qos); }
    @CheckForNull public String getQos() { return options.get(Directive.QOS); }
    @FormTitle("Nodes")
    @DataBoundSetter public void setNodes(Integer nodes) { options.number(Directive.NODES, nodes); }
    @CheckForNull public Integer getNodes() { return options.number(Directive.NODES); }
    @FormTitle("Tasks")
    @DataBoundSetter public void setNtasks(Integer ntasks) { options.number(Directive.NTASKS, ntasks); }
    @CheckForNull public Integer getNtasks() { return options.number(Directive.NTASKS); }
    @DataBoundSetter public void setCpusPerTask(Integer cpusPerTask) { options.number(Directive.CPUS_PER_TASK, cpusPerTask); }
    @CheckForNull public Integer getCpusPerTask() { return options.number(Directive.CPUS_PER_TASK); }
    @DataBoundSetter public void setMemory(String memory) { options.set(Directive.MEMORY, memory); }
    @CheckForNull public String getMemory() { return options.get(Directive.MEMORY); }
    @DataBoundSetter public void setTime(String time) { options.set(Directive.TIME, time); }
    @CheckForNull public String getTime() { return options.get(Directive.TIME); }
    @DataBoundSetter public void setGpus(String gpus) { options.set(Directive.GPUS, gpus); }
    @CheckForNull public String getGpus() { return options.get(Directive.GPUS); }
    @FormTitle("Generic resources")
    @DataBoundSetter public void setGres(String gres) { options.set(Directive.GRES, gres); }
    @CheckForNull public String getGres() { return options.get(Directive.GRES); }
    @FormTitle("Constraint")
    @DataBoundSetter public void setConstraint(String constraint) { options.set(Directive.CONSTRAINT, constraint); }
    @CheckForNull public String getConstraint() { return options.get(Directive.CONSTRAINT); }
    @FormTitle("Reservation")
    @DataBoundSetter public void setReservation(String reservation) { options.set(Directive.RESERVATION, reservation); }
    @CheckForNull public String getReservation() { return options.get(Directive.RESERVATION); }
    @FormTitle("Whole nodes for this job alone")
    @DataBoundSetter public void setExclusive(boolean exclusive) { options.set(Directive.EXCLUSIVE, exclusive ? "true" : null); }
    public boolean isExclusive() { return options.get(Directive.EXCLUSIVE) != null; }
    @DataBoundSetter public void setArray(String array) { options.set(Directive.ARRAY, array); }
    @CheckForNull public String getArray() { return options.get(Directive.ARRAY); }
    @FormTitle("Dependency")
    @DataBoundSetter public void setDependency(String dependency) { options.set(Directive.DEPENDENCY, dependency); }
    @CheckForNull public String getDependency() { return options.get(Directive.DEPENDENCY); }
    @FormTitle("Not before")
    @DataBoundSetter public void setBegin(String begin) { options.set(Directive.BEGIN, begin); }
    @CheckForNull public String getBegin() { return options.get(Directive.BEGIN); }
    @FormTitle("Warning signal")
    @DataBoundSetter public void setSignal(String signal) { options.set(Directive.SIGNAL, signal); }
    @CheckForNull public String getSignal() { return options.get(Directive.SIGNAL); }
    @DataBoundSetter public void setOptions(List<String> more) { options.options(more); }
    @CheckForNull public List<String> getOptions() { return orNull(options.options()); }
    @DataBoundSetter public void setMaxPending(String maxPending) { options.maxPending(maxPending); }
    @CheckForNull public String getMaxPending() { return options.maxPending(); }
    @DataBoundSetter public void setDryRun(boolean dryRun) { options.dryRun(dryRun); }
    public boolean isDryRun() { return options.dryRun(); }

    // How it runs on the node.
    @DataBoundSetter public void setBinds(List<String> binds) { options.set(LaunchOption.BINDS, binds == null ? null : lines(binds)); }
    @CheckForNull public List<String> getBinds() { return list(options.get(LaunchOption.BINDS)); }
    @FormTitle("Working directory")
    @DataBoundSetter public void setWorkingDirectory(String workingDirectory) { options.set(LaunchOption.WORKING_DIRECTORY, workingDirectory); }
    @CheckForNull public String getWorkingDirectory() { return options.get(LaunchOption.WORKING_DIRECTORY); }
    @DataBoundSetter public void setHome(String home) { options.set(LaunchOption.HOME, home); }
    @CheckForNull public String getHome() { return options.get(LaunchOption.HOME); }
    @DataBoundSetter public void setLaunch(String launch) { options.set(LaunchOption.LAUNCH, launch); }
    @CheckForNull public String getLaunch() { return options.get(LaunchOption.LAUNCH); }
    @FormTitle("MPI interface of the tasks")
    @DataBoundSetter public void setMpi(String mpi) { options.set(LaunchOption.MPI, mpi); }
    @CheckForNull public String getMpi() { return options.get(LaunchOption.MPI); }
    @FormTitle("NVIDIA drivers in the container: --nv")
    @DataBoundSetter public void setNv(boolean nv) { options.set(LaunchOption.NV, nv ? "true" : null); }
    public boolean isNv() { return options.get(LaunchOption.NV) != null; }
    @FormTitle("AMD drivers in the container: --rocm")
    @DataBoundSetter public void setRocm(boolean rocm) { options.set(LaunchOption.ROCM, rocm ? "true" : null); }
    public boolean isRocm() { return options.get(LaunchOption.ROCM) != null; }
    @FormTitle("Nothing of the processes, /tmp and /dev of the host in the container: --containall")
    @DataBoundSetter public void setContainall(boolean containall) { options.set(LaunchOption.CONTAINALL, containall ? "true" : null); }
    public boolean isContainall() { return options.get(LaunchOption.CONTAINALL) != null; }
    @FormTitle("The program may write in the image, for its own time: --writable-tmpfs")
    @DataBoundSetter public void setWritableTmpfs(boolean writableTmpfs) { options.set(LaunchOption.WRITABLE_TMPFS, writableTmpfs ? "true" : null); }
    public boolean isWritableTmpfs() { return options.get(LaunchOption.WRITABLE_TMPFS) != null; }

    // The tasks of an array, or of srun.
    @DataBoundSetter public void setTaskOutput(String taskOutput) { options.tasks().output(taskOutput); }
    @CheckForNull public String getTaskOutput() { return options.tasks().output(); }
    @DataBoundSetter public void setTaskRetries(Integer taskRetries) { options.tasks().retries(taskRetries); }
    @CheckForNull public Integer getTaskRetries() { return options.tasks().retries(); }

    // What comes back.
    @DataBoundSetter public void setEncoding(String encoding) { options.encoding(encoding); }
    @CheckForNull public String getEncoding() { return options.encoding(); }
    @DataBoundSetter public void setReturnStatus(boolean returnStatus) { options.returnStatus(returnStatus); }
    public boolean isReturnStatus() { return options.returnStatus(); }
    @DataBoundSetter public void setReturnStdout(boolean returnStdout) { options.returnStdout(returnStdout); }
    public boolean isReturnStdout() { return options.returnStdout(); }
    @DataBoundSetter public void setPropagate(boolean propagate) { options.propagate(propagate); }
    public boolean isPropagate() { return options.propagate(); }
    @DataBoundSetter public void setLabel(String label) { this.label = Util.fixEmptyAndTrim(label); }
    @CheckForNull public String getLabel() { return label; }

    // Lists for the form, one element a line.
    @Restricted(NoExternalUse.class) public String getEnvLines() { return lines(options.env()); }
    @Restricted(NoExternalUse.class) public String getOptionLines() { return lines(options.options()); }
    @CheckForNull @Restricted(NoExternalUse.class) public String getBindLines() { return options.get(LaunchOption.BINDS); }

    // spotless:on

    private static String lines(List<String> elements) {
        return String.join("\n", elements);
    }

    @CheckForNull
    private static List<String> list(@CheckForNull String lines) {
        return lines == null ? null : lines.lines().toList();
    }

    /** The snippet generator leaves out whatever is not set. */
    @CheckForNull
    private static List<String> orNull(List<String> elements) {
        return elements.isEmpty() ? null : elements;
    }

    @Override
    public StepExecution start(StepContext context) throws IOException, InterruptedException {
        FlowNode node = label == null ? null : context.get(FlowNode.class);
        if (node != null) {
            node.addAction(new LabelAction(label.substring(0, Math.min(label.length(), StepForm.MAX_LABEL))));
        }
        return new SlurmApptainerStepExecution(context, options);
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

        @Override
        public Step newInstance(Map<String, Object> arguments) throws Exception {
            // Must come before Jenkins looks into maps, whose keys may be GStrings.
            try {
                return super.newInstance(StepArguments.checked(clazz, arguments));
            } catch (InvalidRequestException e) {
                throw new AbortException(e.getMessage());
            }
        }

        /** For other callers that write arguments, such as those that make build steps from text. */
        @Override
        public Map<String, Object> customInstantiate(Map<String, Object> arguments) {
            return arguments.containsKey(WITHOUT_NAME) ? arguments : StepArguments.checked(clazz, arguments);
        }
    }
}
