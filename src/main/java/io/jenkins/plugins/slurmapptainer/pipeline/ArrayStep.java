package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import org.kohsuke.stapler.DataBoundSetter;

/** The parameters of a step that make its job an array, and that only arrays have. */
public abstract class ArrayStep extends LaunchOptionStep {
    @CheckForNull
    public String getArray() {
        return options().get(Directive.ARRAY);
    }

    @DataBoundSetter
    public void setArray(String array) {
        options().set(Directive.ARRAY, array);
    }

    @CheckForNull
    public String getTaskOutput() {
        return options().tasks().output();
    }

    @DataBoundSetter
    public void setTaskOutput(String taskOutput) {
        options().tasks().output(taskOutput);
    }

    @CheckForNull
    public Integer getTaskRetries() {
        return options().tasks().retries();
    }

    @DataBoundSetter
    public void setTaskRetries(Integer taskRetries) {
        options().tasks().retries(taskRetries);
    }
}
