package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.EnvVars;
import hudson.model.AbstractProject;
import hudson.model.Item;
import hudson.model.Job;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersDefinitionProperty;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;

/**
 * What a build would submit, for people who are still writing the job. Asks no agent and changes nothing. Safe for
 * several threads.
 */
public final class JobPreview {
    /** A real build uses a random token. */
    private static final JobToken TOKEN = new JobToken("0".repeat(32));

    private JobPreview() {}

    /**
     * The batch script. In a build step, the job's parameters have their default values.
     *
     * @param item the job or folder that is being configured, {@code null} for no particular place
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException naming the first parameter that is wrong
     */
    public static String of(SlurmJobOptions options, @CheckForNull Item item) {
        Job<?, ?> job = item instanceof Job ? (Job<?, ?>) item : null;
        SlurmJobOptions known = job instanceof AbstractProject ? options.rewritten(defaults(job)::expand) : options;
        JobPlanner planner = JobPlanner.previewing(known, item);
        return planner.preview().preview(new JobDirectory(SlurmEngine.root(planner.cluster()), TOKEN));
    }

    private static EnvVars defaults(Job<?, ?> job) {
        EnvVars values = new EnvVars();
        ParametersDefinitionProperty parameters = job.getProperty(ParametersDefinitionProperty.class);
        if (parameters != null) {
            for (ParameterDefinition parameter : parameters.getParameterDefinitions()) {
                ParameterValue value = parameter.getDefaultParameterValue();
                Object known = value == null || value.isSensitive() ? null : value.getValue();
                if (known != null) {
                    values.put(value.getName(), known.toString());
                }
            }
        }
        return values;
    }
}
