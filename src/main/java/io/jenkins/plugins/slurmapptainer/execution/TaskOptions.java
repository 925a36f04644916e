package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.ArrayIndexes;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/**
 * The options that only job arrays have, as the build wrote them. Part of {@link SlurmJobOptions}: the names of the
 * fields never change. Not safe for several threads while it is changed.
 */
public final class TaskOptions implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String CONSOLE = "console";
    private static final String FILES = "files";
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
     * @throws InvalidRequestException naming the first parameter that is wrong
     */
    void check(@CheckForNull String array) {
        if (array != null) {
            ArrayIndexes.parse(array);
        }
        if (output != null && !asFiles()) {
            throw new InvalidRequestException("taskOutput", "'" + output + "' is not 'console' or 'files'");
        }
        if (retries != null && (retries < 0 || retries > MAX_RETRIES)) {
            throw new InvalidRequestException(
                    "taskRetries", retries + " is not a number of retries; write 0 to " + MAX_RETRIES);
        }
        if (array == null && (output != null || retries != null)) {
            throw new InvalidRequestException(
                    output != null ? "taskOutput" : "taskRetries",
                    "only a job array has tasks; name them with array:, or leave it out");
        }
    }
}
