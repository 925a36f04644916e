package io.jenkins.plugins.slurmapptainer.job;

/** Where a program's home directory is. */
public enum Home {
    /**
     * In an image, the job's own directory. On the host, the account's directory, or the job's own if that one is not
     * writable.
     */
    USUAL,
    /** A private directory of the job. It is writable and is removed with the job's directory. */
    JOB,
    /** The home directory of the account that jobs run as. */
    ACCOUNT;

    private static final String FIELD = LaunchOption.HOME.field();

    /**
     * Reads {@code job} or {@code account}; empty text is {@link #USUAL}.
     *
     * @throws InvalidRequestException for anything else
     */
    public static Home parse(String text) {
        switch (text) {
            case "":
                return USUAL;
            case "job":
                return JOB;
            case "account":
                return ACCOUNT;
            default:
                throw new InvalidRequestException(
                        FIELD,
                        "'" + Printable.of(text)
                                + "' is neither 'job', for a home directory of the job's own, nor 'account', for that of"
                                + " the account that jobs run as");
        }
    }
}
