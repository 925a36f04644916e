package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The options for the tasks of job arrays and for those that {@code srun} starts, as the build wrote them. Part of {@link SlurmJobOptions}: the names of the
 * fields never change. Not safe for several threads while it is changed.
 */
public final class TaskOptions implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String CONSOLE = "console";
    private static final String FILES = "files";
    private static final String LABELS = "labels";
    private static final int MAX_RETRIES = 10;

    private String output;
    private Integer retries;
    /** Only in a retry, which is made anew each time; {@code null} in the first try. */
    private transient String missingOutputs;

    /** Where the tasks' output goes; {@code null} for {@code console}, the default. */
    @CheckForNull
    public String output() {
        return output;
    }

    public void output(@CheckForNull String where) {
        String text = where == null ? "" : where.strip();
        output = text.isEmpty() || text.equals(CONSOLE) ? null : text;
    }

    /** How often failed tasks are submitted again; {@code null} for never. */
    @CheckForNull
    public Integer retries() {
        return retries;
    }

    public void retries(@CheckForNull Integer times) {
        retries = times == null || times == 0 ? null : times;
    }

    /**
     * Marks these as the options of a retry.
     *
     * @param patterns output patterns that no try has matched so far; tasks of earlier tries may have left the other
     *     outputs
     */
    void retryLacks(String patterns) {
        missingOutputs = patterns;
    }

    /** Whether this is a retry of failed tasks. */
    boolean isRetry() {
        return missingOutputs != null;
    }

    /** The outputs of this try. What an earlier try has left is optional now. */
    List<FilePattern> ofThisTry(List<FilePattern> outputs) {
        if (missingOutputs == null) {
            return outputs;
        }
        List<FilePattern> missing = FilePattern.parseOutputs(missingOutputs);
        return outputs.stream()
                .map(pattern -> missing.contains(pattern) ? pattern : pattern.asOptional())
                .toList();
    }

    /** Whether the output is wanted as files in the workspace. */
    boolean asFiles() {
        return FILES.equals(output);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TaskOptions that
                && Objects.equals(output, that.output)
                && Objects.equals(retries, that.retries);
    }

    @Override
    public int hashCode() {
        return Objects.hash(output, retries);
    }

    @Override
    public String toString() {
        return output + " " + retries;
    }

    TaskOptions rewritten(UnaryOperator<String> rewrite) {
        TaskOptions copy = new TaskOptions();
        copy.output(output == null ? null : rewrite.apply(output));
        copy.retries(retries);
        copy.missingOutputs = missingOutputs;
        return copy;
    }

    /**
     * Checks all task options.
     *
     * @param array the array as it was written, {@code null} for a job that is none
     * @param launch how the script is started
     * @return the same with what becomes of the output of tasks that {@code srun} starts
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    Launch check(@CheckForNull String array, Launch launch) {
        if (array != null) {
            ArrayIndexes.parse(array);
        }
        boolean labels = LABELS.equals(output);
        if (output != null && !asFiles() && !labels) {
            throw new InvalidRequestException("taskOutput", "'" + output + "' is not 'console', 'labels' or 'files'");
        }
        if (labels && !launch.isBySrun()) {
            throw new InvalidRequestException(
                    "taskOutput",
                    "'labels' needs launch: 'srun'; leave it out for an array, whose lines always have the index of their task");
        }
        if (retries != null && (retries < 0 || retries > MAX_RETRIES)) {
            throw new InvalidRequestException(
                    "taskRetries", retries + " is not a number of retries; write 0 to " + MAX_RETRIES);
        }
        if (array == null && output != null && !launch.isBySrun()) {
            throw new InvalidRequestException(
                    "taskOutput",
                    "only a job array, or a script with launch: 'srun', has tasks; name them with array:, or leave it out");
        }
        if (array == null && retries != null) {
            throw new InvalidRequestException(
                    "taskRetries",
                    "only the tasks of a job array are submitted again; name them with array:, or leave it out");
        }
        if (labels) {
            return launch.with(Launch.Output.LABELED);
        }
        return asFiles() && array == null ? launch.with(Launch.Output.FILES) : launch;
    }
}
