package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the files of one job lie on the shared file system: names only, nothing is touched. Paths are POSIX paths of
 * the head node and the compute nodes, whatever system the controller runs on.
 *
 * @param root {@code <shared>/<controller id>}, absolute
 * @param token names the directory below it
 */
public record JobDirectory(String root, JobToken token) implements Serializable {
    private static final Pattern CONTROLLER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final Pattern COMMENT = Pattern.compile("jenkins:" + CONTROLLER.pattern() + ":[0-9a-f]{32}");

    public JobDirectory {
        root = absolute("sharedDirectory", root);
    }

    /** The directory of all jobs of one controller. */
    public static String root(String sharedDirectory, String controllerId) {
        if (!CONTROLLER.matcher(controllerId).matches()) {
            throw new IllegalArgumentException("not a controller id: " + controllerId);
        }
        String shared = absolute("sharedDirectory", sharedDirectory);
        return (shared.equals("/") ? "" : shared) + "/" + controllerId;
    }

    /**
     * Checks a path that an administrator wrote: absolute, in normal form, no control characters (it stands in
     * {@code #SBATCH} lines).
     */
    public static String absolute(String field, String path) {
        boolean control = path.chars().anyMatch(c -> c < ' ' || c == 127);
        if (!path.startsWith("/") || control || ("/" + path + "/").contains("/../")) {
            throw new InvalidRequestException(
                    field, "'" + path.replaceAll("\\p{Cntrl}", "?") + "' is not an absolute path without '..'");
        }
        String normal = path.replaceAll("/(\\.?/)*", "/").replaceAll("/\\.?$", "");
        return normal.isEmpty() ? "/" : normal;
    }

    public String path() {
        return root + "/" + token;
    }

    /** All that is submitted, self-contained. */
    public String batchScript() {
        return path() + "/batch.sh";
    }

    /** Values of the build's variables, for the job alone; removed as soon as it has them. */
    public String environment() {
        return path() + "/env";
    }

    /** Staged files; also the job's working directory. */
    public String files() {
        return path() + "/files";
    }

    /** Checksums of the staged files, if they were asked for; as {@code sha256sum} writes them. */
    public String checksums() {
        return path() + "/files.sha256";
    }

    /** Output and errors of all attempts. */
    public String outputLog() {
        return path() + "/output.log";
    }

    /** The job's comment in Slurm, by which it is found again: {@code jenkins:<controller id>:<token>}. */
    public String comment() {
        return commentPrefix(root) + token;
    }

    /** The token of the job that has a comment, if it is one of the jobs below the given directory. */
    public static Optional<JobToken> ofComment(String root, String comment) {
        String prefix = commentPrefix(root);
        return comment.startsWith(prefix) ? JobToken.parse(comment.substring(prefix.length())) : Optional.empty();
    }

    private static String commentPrefix(String root) {
        return "jenkins:" + root.substring(root.lastIndexOf('/') + 1) + ":";
    }

    /** Whether a comment is one of these, whichever job's. */
    public static boolean isComment(String comment) {
        return COMMENT.matcher(comment).matches();
    }

    /** What {@code sbatch} answered. */
    public String jobId() {
        return path() + "/jobid";
    }

    /** How the job ended, for whoever looks what may be removed; written when nobody needs the directory any more. */
    public String ended() {
        return path() + "/ended";
    }

    /** Prefix of the record that an attempt leaves when it starts; its number follows. */
    public String started() {
        return path() + "/started.";
    }

    /** Prefix of the record that an attempt leaves when it ends; its number follows. */
    public String exit() {
        return path() + "/exit.";
    }

    /** The id of the job that owns this directory: a second job with the same token finds it and does nothing. */
    public String owner() {
        return path() + "/owner";
    }

    /** Directory in which every ended job leaves its token as a name. */
    public static String done(String root) {
        return root + "/done";
    }

    /** Directory of what is being removed, whichever job's it was. */
    public static String removed(String root) {
        return root + "/removed";
    }

    /** The name that this job leaves in {@link #done(String)}. */
    public String doneMark() {
        return done(root) + "/" + token;
    }
}
