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
 * What a build asks for that only the tasks of a job array have, as it was written. Part of {@link SlurmJobOptions}: the names
 * of the fields never change.
 */
public final class TaskOptions implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String CONSOLE = "console";
    private static final String FILES = "files";
    private static final int MAX_RETRIES = 10;

    private String output;
    private Integer retries;
    /** Of a retry alone, which is made up anew each time; {@code null} in the first try. */
    private transient String missingOutputs;

    /** Where the tasks' output goes; {@code null} for the usual, {@code console}. */
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

    /** @param patterns of outputs that no try has left so far: other tasks than those of this one may have left the others */
    void retryLacks(String patterns) {
        missingOutputs = patterns;
    }

    /** Whether these are the tasks of an earlier try that failed. */
    boolean isRetry() {
        return missingOutputs != null;
    }

    /** The outputs of this try: what an earlier one has left need not be there again. */
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
     * Checks all of it.
     *
     * @param array the tasks as they were written, {@code null} for a job that has none
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
