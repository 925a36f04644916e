package io.jenkins.plugins.slurmapptainer.job;

/**
 * The options of a build that say how its script runs on the node; Slurm has nothing to do with them. The names are stored
 * in jobs and builds: they never change.
 */
public enum RunOption {
    /** Lines of what {@link Bind#parse} reads. */
    BINDS("binds"),
    CONTAINALL("containall"),
    WRITABLE_TMPFS("writableTmpfs"),
    NV("nv"),
    ROCM("rocm"),
    WORKING_DIRECTORY("workingDirectory"),
    INTERPRETER("interpreter"),
    /** Relative to the workspace. */
    SCRIPT_FILE("scriptFile");

    private final String field;

    RunOption(String field) {
        this.field = field;
    }

    /** The parameter's name in a Jenkinsfile. */
    public String field() {
        return field;
    }
}
