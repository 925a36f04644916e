package io.jenkins.plugins.slurmapptainer.job;

/**
 * Something the user or the administrator wrote cannot be carried out. Thrown before anything reaches Slurm; the
 * message is one sentence for the person who has to change it.
 */
public final class InvalidRequestException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final String field;
    private final String reason;

    /**
     * @param field name of the step's parameter that is wrong, as the user writes it
     * @param message what is wrong with it and what would be right
     */
    public InvalidRequestException(String field, String message) {
        super(field + ": " + message);
        this.field = field;
        this.reason = message;
    }

    /** Name of the parameter that is wrong, as the user writes it. */
    public String field() {
        return field;
    }

    /** The message without the parameter. */
    public String reason() {
        return reason;
    }
}
