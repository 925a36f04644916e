package io.jenkins.plugins.slurmapptainer.job;

import java.util.List;

/**
 * The directory where a program runs and where relative paths begin.
 *
 * @param kind which one the build chose
 * @param host absolute path on the node, empty unless the build gave a path
 * @param inside the same directory as the program sees it, empty unless the build gave a path
 * @param mount the mounted path of the node that contains it; empty for none
 */
public record WorkingDirectory(Kind kind, String host, String inside, String mount) {
    /** The choices of a build. */
    public enum Kind {
        /** The directory with the files: the job's own, or a workspace on the shared directory. */
        USUAL,
        /** The job's directory, even if the files stay in the workspace. */
        JOB,
        /** The workspace, which must be on the shared directory. */
        WORKSPACE,
        /** A directory given by its path. */
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

    /** Whether it is given by its path. */
    boolean isPath() {
        return kind == Kind.PATH;
    }

    /**
     * Finds the directory of the node that a program in an image sees at this path. Below the destination of a bind,
     * that is a directory below the bind's source.
     *
     * @param binds the mounts; the last one that matches counts
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
