package io.jenkins.plugins.slurmapptainer.demo;

import hudson.AbortException;

/** A job did not succeed. */
final class JobFailure extends AbortException {
    private static final long serialVersionUID = 1L;

    private final String message;
    private final int exitCode;

    JobFailure(String message, int exitCode) {
        super(message);
        this.message = message;
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }

    @Override
    public String getMessage() {
        return message;
    }
}
