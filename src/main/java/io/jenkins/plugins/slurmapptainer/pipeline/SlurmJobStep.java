package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import java.io.IOException;
import java.util.List;
import org.jenkinsci.plugins.workflow.actions.LabelAction;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.jenkinsci.plugins.workflow.steps.StepContext;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * A step with a job: the parameters that decide what the job gets from Slurm and how its image runs. Not safe for several
 * threads while it is configured.
 *
 * <p>Each parameter is two lines, a setter and a getter. They are all in this class and its subclasses because Jenkins
 * looks for them only there.
 */
public abstract class SlurmJobStep extends Step {
    private final SlurmJobOptions options;
    private String label;

    SlurmJobStep(SlurmJobOptions options) {
        this.options = options;
    }

    /** The options of the build. */
    public SlurmJobOptions options() {
        return options;
    }

    // spotless:off

    @DataBoundSetter public void setImage(String image) { options.image(image); }
    @CheckForNull public String getImage() { return options.image(); }
    @DataBoundSetter public void setTemplate(String template) { options.template(template); }
    @CheckForNull public String getTemplate() { return options.template(); }
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
    @FormTitle("Dependency")
    @DataBoundSetter public void setDependency(String dependency) { options.set(Directive.DEPENDENCY, dependency); }
    @CheckForNull public String getDependency() { return options.get(Directive.DEPENDENCY); }
    @FormTitle("Not before")
    @DataBoundSetter public void setBegin(String begin) { options.set(Directive.BEGIN, begin); }
    @CheckForNull public String getBegin() { return options.get(Directive.BEGIN); }
    @DataBoundSetter public void setOptions(List<String> more) { options.options(more); }
    @CheckForNull public List<String> getOptions() { return orNull(options.options()); }
    @DataBoundSetter public void setMaxPending(String maxPending) { options.maxPending(maxPending); }
    @CheckForNull public String getMaxPending() { return options.maxPending(); }
    @DataBoundSetter public void setBinds(List<String> binds) { options.set(LaunchOption.BINDS, binds == null ? null : lines(binds)); }
    @CheckForNull public List<String> getBinds() { return list(options.get(LaunchOption.BINDS)); }
    @DataBoundSetter public void setHome(String home) { options.set(LaunchOption.HOME, home); }
    @CheckForNull public String getHome() { return options.get(LaunchOption.HOME); }
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
    @DataBoundSetter public void setLabel(String label) { this.label = Util.fixEmptyAndTrim(label); }
    @CheckForNull public String getLabel() { return label; }
    @Restricted(NoExternalUse.class) public String getOptionLines() { return lines(options.options()); }
    @CheckForNull @Restricted(NoExternalUse.class) public String getBindLines() { return options.get(LaunchOption.BINDS); }

    // spotless:on

    static String lines(List<String> elements) {
        return String.join("\n", elements);
    }

    @CheckForNull
    private static List<String> list(@CheckForNull String lines) {
        return lines == null ? null : lines.lines().toList();
    }

    /** The snippet generator leaves out whatever is not set. */
    @CheckForNull
    static List<String> orNull(List<String> elements) {
        return elements.isEmpty() ? null : elements;
    }

    /** Gives the step its label in views of the build. */
    void showLabel(StepContext context) throws IOException, InterruptedException {
        FlowNode node = label == null ? null : context.get(FlowNode.class);
        if (node != null) {
            node.addAction(new LabelAction(label.substring(0, Math.min(label.length(), StepForm.MAX_LABEL))));
        }
    }
}
