package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the files of one job, or of one task of a job array, lie on the shared file system: names only, nothing is touched.
 * Paths are POSIX paths of the head node and the compute nodes, whatever system the controller runs on.
 *
 * @param root {@code <shared>/<controller id>}, absolute
 * @param token names the directory below it
 * @param task index of the task whose records and output are meant, {@link #NO_TASK} for the job itself
 */
public record JobDirectory(String root, JobToken token, int task) implements Serializable {
    /** Not an index of a task. */
    public static final int NO_TASK = -1;

    private static final Pattern CONTROLLER = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");
    private static final String COMMENT_BEGIN = "jenkins:";
    private static final Pattern COMMENT = Pattern.compile(COMMENT_BEGIN + CONTROLLER.pattern() + ":[0-9a-f]{32}");

    public JobDirectory {
        root = absolute("sharedDirectory", root);
    }

    /** The directory of a job. */
    public JobDirectory(String root, JobToken token) {
        this(root, token, NO_TASK);
    }

    /** The directory of one task of this job. */
    public JobDirectory ofTask(int index) {
        return new JobDirectory(root, token, index);
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
        String normal = path.replaceAll("/(\\.?/)*+", "/").replaceAll("/\\.?$", "");
        return normal.isEmpty() ? "/" : normal;
    }

    /** The directory that the job begins with, or the one that the task makes when it begins. */
    public String path() {
        return task == NO_TASK ? job() : tasks() + "/" + task;
    }

    private String job() {
        return root + "/" + token;
    }

    /**
     * In the directory of an array, what its tasks leave: of the task 7 the directory {@code 7} with its records, and its output
     * {@code 7.log}. One listing tells which have begun.
     */
    public String tasks() {
        return job() + "/tasks";
    }

    /** All that is submitted, self-contained. */
    public String batchScript() {
        return job() + "/batch.sh";
    }

    /** What the program runs, as a file of its own; the batch script writes it. */
    public String script() {
        return job() + "/script";
    }

    /** Values of the build's variables, for the job alone; removed as soon as it has them. */
    public String environment() {
        return job() + "/env";
    }

    /** Staged files; also the job's working directory. */
    public String files() {
        return job() + "/files";
    }

    /** Of an array: the output of its tasks under the names that a workspace gets. */
    public String taskFiles() {
        return job() + "/task-files";
    }

    /** Checksums of the staged files, if they were asked for; as {@code sha256sum} writes them. */
    public String checksums() {
        return job() + "/files.sha256";
    }

    /** Which files here and in the workspace have been copied from each other. */
    public String copied() {
        return job() + "/files.copied";
    }

    /** Output and errors of all attempts. */
    public String outputLog() {
        return task == NO_TASK ? job() + "/output.log" : path() + ".log";
    }

    /** Standard output of the last attempt, apart from its errors, for a build that wants it; no more than what the script keeps. */
    public String returnedOutput() {
        return job() + "/stdout";
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
        return COMMENT_BEGIN + root.substring(root.lastIndexOf('/') + 1) + ":";
    }

    /** Whether a comment is one of these, whichever job's. */
    public static boolean isComment(String comment) {
        return comment.startsWith(COMMENT_BEGIN) && COMMENT.matcher(comment).matches();
    }

    /**
     * Whether a comment is that of another job than this directory's. A {@code slurmctld} that is killed forgets the jobs of its last
     * seconds, and the next ones get their ids. A comment that a site or a user has changed says nothing.
     */
    public boolean isOfAnother(String comment) {
        boolean own = comment.endsWith(token.value()) && comment.equals(comment());
        return !own && isComment(comment);
    }

    /** What {@code sbatch} answered. */
    public String jobId() {
        return job() + "/jobid";
    }

    /** How the job ended, for whoever looks what may be removed; written when nobody needs the directory any more. */
    public String ended() {
        return job() + "/ended";
    }

    /** Prefix of the record that an attempt leaves when it starts; its number follows. */
    public String started() {
        return path() + "/started.";
    }

    /** Prefix of the record that an attempt leaves when it ends; its number follows. */
    public String exit() {
        return path() + "/exit.";
    }

    /** Whether a record here can be of the job or task with an id, as {@code SLURM_JOB_ID} and its likes print it. */
    public boolean mayBelongTo(String id) {
        return JobId.parse(id).isPresent()
                && (task == NO_TASK ? id.matches("[0-9]+(\\+[0-9]+)?") : id.matches("[0-9]+_" + task));
    }

    /** The id of the job that owns this directory: a second job with the same token finds it and does nothing. */
    public String owner() {
        return job() + "/owner";
    }

    /**
     * Directory in which the jobs and tasks of a controller announce their starts and ends, each by the name of an empty file: {@code
     * <token>.started.<attempt>}, {@code <token>.<task>.ended.<attempt>}. One listing tells about all of them.
     */
    public static String announcements(String root) {
        return root + "/announced";
    }

    /** Directory of what is being removed, whichever job's it was. */
    public static String removed(String root) {
        return root + "/removed";
    }
}
