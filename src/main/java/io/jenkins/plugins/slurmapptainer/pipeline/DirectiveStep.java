package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import org.jenkinsci.plugins.workflow.steps.Step;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of a step that stand for one {@link Directive} each. */
public abstract class DirectiveStep extends Step {
    /** What was asked for. */
    public abstract SlurmJobOptions options();

    @CheckForNull
    public String getJobName() {
        return options().get(Directive.JOB_NAME);
    }

    @DataBoundSetter
    public void setJobName(String jobName) {
        options().set(Directive.JOB_NAME, jobName);
    }

    @CheckForNull
    public String getPartition() {
        return options().get(Directive.PARTITION);
    }

    @DataBoundSetter
    public void setPartition(String partition) {
        options().set(Directive.PARTITION, partition);
    }

    @CheckForNull
    public String getAccount() {
        return options().get(Directive.ACCOUNT);
    }

    @DataBoundSetter
    public void setAccount(String account) {
        options().set(Directive.ACCOUNT, account);
    }

    @CheckForNull
    public String getQos() {
        return options().get(Directive.QOS);
    }

    @DataBoundSetter
    public void setQos(String qos) {
        options().set(Directive.QOS, qos);
    }

    @CheckForNull
    public Integer getNodes() {
        return options().number(Directive.NODES);
    }

    @DataBoundSetter
    public void setNodes(Integer nodes) {
        options().number(Directive.NODES, nodes);
    }

    @CheckForNull
    public Integer getNtasks() {
        return options().number(Directive.NTASKS);
    }

    @DataBoundSetter
    public void setNtasks(Integer ntasks) {
        options().number(Directive.NTASKS, ntasks);
    }

    @CheckForNull
    public Integer getCpusPerTask() {
        return options().number(Directive.CPUS_PER_TASK);
    }

    @DataBoundSetter
    public void setCpusPerTask(Integer cpusPerTask) {
        options().number(Directive.CPUS_PER_TASK, cpusPerTask);
    }

    @CheckForNull
    public String getMemory() {
        return options().get(Directive.MEMORY);
    }

    @DataBoundSetter
    public void setMemory(String memory) {
        options().set(Directive.MEMORY, memory);
    }

    @CheckForNull
    public String getTime() {
        return options().get(Directive.TIME);
    }

    @DataBoundSetter
    public void setTime(String time) {
        options().set(Directive.TIME, time);
    }

    @CheckForNull
    public String getGpus() {
        return options().get(Directive.GPUS);
    }

    @DataBoundSetter
    public void setGpus(String gpus) {
        options().set(Directive.GPUS, gpus);
    }

    @CheckForNull
    public String getGres() {
        return options().get(Directive.GRES);
    }

    @DataBoundSetter
    public void setGres(String gres) {
        options().set(Directive.GRES, gres);
    }

    @CheckForNull
    public String getConstraint() {
        return options().get(Directive.CONSTRAINT);
    }

    @DataBoundSetter
    public void setConstraint(String constraint) {
        options().set(Directive.CONSTRAINT, constraint);
    }

    @CheckForNull
    public String getReservation() {
        return options().get(Directive.RESERVATION);
    }

    @DataBoundSetter
    public void setReservation(String reservation) {
        options().set(Directive.RESERVATION, reservation);
    }

    public boolean isExclusive() {
        return options().get(Directive.EXCLUSIVE) != null;
    }

    @DataBoundSetter
    public void setExclusive(boolean exclusive) {
        options().set(Directive.EXCLUSIVE, exclusive ? "true" : null);
    }

    @CheckForNull
    public String getDependency() {
        return options().get(Directive.DEPENDENCY);
    }

    @DataBoundSetter
    public void setDependency(String dependency) {
        options().set(Directive.DEPENDENCY, dependency);
    }

    @CheckForNull
    public String getBegin() {
        return options().get(Directive.BEGIN);
    }

    @DataBoundSetter
    public void setBegin(String begin) {
        options().set(Directive.BEGIN, begin);
    }

    @CheckForNull
    public String getSignal() {
        return options().get(Directive.SIGNAL);
    }

    @DataBoundSetter
    public void setSignal(String signal) {
        options().set(Directive.SIGNAL, signal);
    }
}
