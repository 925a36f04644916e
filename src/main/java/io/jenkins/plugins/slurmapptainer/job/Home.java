package io.jenkins.plugins.slurmapptainer.job;

/** Which directory is the home directory of a program. */
public enum Home {
    /** In an image the job's own. On the host the account's, or the job's own where that one cannot be written to. */
    USUAL,
    /** A private one that can be written to and is removed with the job's directory. */
    JOB,
    /** The one of the account that jobs run as. */
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
