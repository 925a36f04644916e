package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;

/**
 * Where a program runs and relative paths begin.
 *
 * @param kind what was asked for
 * @param host absolute path on the node, empty unless a path was asked for
 * @param inside the same directory as the program sees it, empty unless a path was asked for
 * @param mount of the node, what is mounted through which the program sees it; empty for none
 */
public record WorkingDirectory(Kind kind, String host, String inside, String mount) {
    /** What was asked for. */
    public enum Kind {
        /** Where the files are: the job's directory, or a workspace on the shared directory. */
        USUAL,
        /** The job's directory, also when the files stay in the workspace. */
        JOB,
        /** The workspace, which has to be on the shared directory. */
        WORKSPACE,
        /** A directory by its path. */
        PATH
    }

    public static final WorkingDirectory USUAL = new WorkingDirectory(Kind.USUAL, "", "", "");

    private static final String FIELD = LaunchOption.WORKING_DIRECTORY.field();

    /**
     * Reads {@code job}, {@code workspace} or an absolute path; empty text is {@link #USUAL}.
     *
     * @throws InvalidRequestException for anything else
     */
    public static WorkingDirectory parse(String text) {
        switch (text) {
            case "":
                return USUAL;
            case "job":
                return new WorkingDirectory(Kind.JOB, "", "", "");
            case "workspace":
                return new WorkingDirectory(Kind.WORKSPACE, "", "", "");
            default:
                if (!Bind.isPath(text)) {
                    throw new InvalidRequestException(
                            FIELD,
                            "'" + Printable.of(text)
                                    + "' is neither 'job' nor 'workspace' nor an absolute path without '..' and backslashes");
                }
                String path = Bind.normal(text);
                return new WorkingDirectory(Kind.PATH, path, path, "");
        }
    }

    /** Whether it is one by its path. */
    boolean isPath() {
        return kind == Kind.PATH;
    }

    /**
     * The directory as a program in an image sees it: a path below the destination of a bind stands for what is mounted
     * there.
     *
     * @param binds what is mounted; the last that fits counts
     */
    WorkingDirectory under(List<Bind> binds) {
        WorkingDirectory found = this;
        for (Bind bind : binds) {
            if (isPath() && bind.covers(inside)) {
                String below = bind.destination().equals("/")
                        ? inside
                        : inside.substring(bind.destination().length());
                found = new WorkingDirectory(kind, Bind.normal(bind.source() + below), inside, bind.source());
            }
        }
        return found;
    }

    /** Whether one of the binds shows it to the program. */
    boolean isUnder(List<Bind> binds) {
        return binds.stream().anyMatch(bind -> bind.covers(inside));
    }
}
