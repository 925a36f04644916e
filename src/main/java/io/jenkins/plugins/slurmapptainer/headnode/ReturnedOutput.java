package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;

/** The standard output of a job that a build wants back. */
public final class ReturnedOutput {
    /** The most bytes. One more byte means that there is more. */
    public static final int MAX = ScriptText.MAX_RETURNED;

    private ReturnedOutput() {}

    /** Why it cannot be returned; empty if it can. */
    public static String problem(byte[] bytes) {
        return bytes.length <= MAX
                ? ""
                : "returnStdout: the program has printed more than the " + ByteText.of(MAX)
                        + " that a step can return; have it write a file and name that in outputs:";
    }
}
