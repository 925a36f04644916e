package io.jenkins.plugins.slurmapptainer.job;

/** What a build may ask of {@code apptainer exec} by an option without a value; {@code apptainer-exec(1)}. */
public enum ContainerFlag {
    /** Nothing of the host's {@code /tmp}, {@code /dev}, processes and IPC. */
    CONTAINALL("--containall", LaunchOption.CONTAINALL),
    /** The program may write anywhere in the image; it is lost at the end, and in memory until then. */
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

    /** The parameter that asks for it. */
    LaunchOption asked() {
        return asked;
    }
}
