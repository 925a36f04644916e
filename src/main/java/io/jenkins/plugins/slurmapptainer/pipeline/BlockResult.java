package io.jenkins.plugins.slurmapptainer.pipeline;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import java.io.Serializable;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;

/**
 * How a block of steps has ended. It is saved with the program of the build, where a value that cannot be saved would end the build: such a value
 * is lost in a restart, and of such an exception only its text is left. Immutable.
 */
final class BlockResult implements Serializable {
    private static final long serialVersionUID = 1L;

    @CheckForNull
    private final transient Object value;

    @CheckForNull
    private final transient Throwable failure;

    private final Serializable savedValue;
    private final Throwable savedFailure;

    private BlockResult(@CheckForNull Object value, @CheckForNull Throwable failure) {
        this.value = value;
        this.failure = failure;
        this.savedValue = value instanceof String || value instanceof Number || value instanceof Boolean
                ? (Serializable) value
                : null;
        this.savedFailure = failure == null
                        || failure instanceof AbortException
                        || failure instanceof FlowInterruptedException
                        || failure instanceof SlurmJobException
                ? failure
                : new AbortException(failure.toString());
    }

    static BlockResult success(@CheckForNull Object value) {
        return new BlockResult(value, null);
    }

    static BlockResult failure(Throwable failure) {
        return new BlockResult(null, failure);
    }

    private Object readResolve() {
        return new BlockResult(savedValue, savedFailure);
    }

    @CheckForNull
    Object value() {
        return value;
    }

    /** Why the block has failed, {@code null} if it has not. */
    @CheckForNull
    Throwable failure() {
        return failure;
    }
}
