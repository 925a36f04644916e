package io.jenkins.plugins.slurmapptainer.job;

/** Options without a value that a build may pass to {@code apptainer exec}; {@code apptainer-exec(1)}. */
public enum ContainerFlag {
    /** Hides the node's {@code /tmp}, {@code /dev}, processes and IPC. */
    CONTAINALL("--containall", LaunchOption.CONTAINALL),
    /** Lets the program write anywhere in the image. Its changes are kept in memory and lost at the end. */
    WRITABLE_TMPFS("--writable-tmpfs", LaunchOption.WRITABLE_TMPFS);

    private final String option;
    private final LaunchOption asked;

    ContainerFlag(String option, LaunchOption asked) {
        this.option = option;
        this.asked = asked;
    }

    /** The option of {@code apptainer exec}. */
    public String option() {
        return option;
    }

    /** The parameter that sets this flag. */
    LaunchOption asked() {
        return asked;
    }
}
