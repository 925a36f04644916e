package io.jenkins.plugins.slurmapptainer.job;

/**
 * Something that the user or the administrator wrote cannot be carried out. It is thrown before anything reaches Slurm.
 * The message is one sentence for the person who must change it.
 */
public final class InvalidRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    /**
     * @param field name of the wrong parameter, as the user writes it
     * @param message what is wrong with it, and what would be right
     */
    public InvalidRequestException(String field, String message) {
        super(field + ": " + message);
        this.field = field;
        this.reason = message;
    }

    /** Name of the wrong parameter, as the user writes it. */
    public String field() {
        return field;
    }

    /** The message without the parameter. */
    public String reason() {
        return reason;
    }
}
