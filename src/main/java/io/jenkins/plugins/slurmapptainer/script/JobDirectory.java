package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobId;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import java.io.Serializable;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The paths of the files of one job, or of one array task, on the shared file system. This class only makes names and
 * touches no file. The paths are POSIX paths of head node and compute nodes, even if the controller runs on another
 * system.
 *
 * @param root {@code <shared>/<controller id>}, absolute
 * @param token name of the directory below it
 * @param task index of the array task, {@link #NO_TASK} for the job itself
 */
public record JobDirectory(String root, JobToken token, int task) implements Serializable {
    /** The value for no task. */
    public static final int NO_TASK = -1;

    /** Name of the directory of {@link #tasks()}. */
    public static final String TASKS = "tasks";

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
     * Checks a path that an administrator wrote: it must be absolute, in normal form and without control characters,
     * because it is written into {@code #SBATCH} lines.
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

    /** The directory of the job, or the one that a task makes when it starts. */
    public String path() {
        return task == NO_TASK ? job() : tasks() + "/" + task;
    }

    private String job() {
        return root + "/" + token;
    }

    /**
     * The directory with what the tasks of an array leave. Task 7 has the directory {@code 7} with its records, and its
     * output {@code 7.log}. One listing shows which tasks have started.
     */
    public String tasks() {
        return job() + "/" + TASKS;
    }

    /** The batch script. It contains everything that is submitted. */
    public String batchScript() {
        return job() + "/batch.sh";
    }

    /** The user's script as a file. The batch script writes it. */
    public String script() {
        return job() + "/script";
    }

    /** Values of the build's variables, for the job only. Removed as soon as the job has read them. */
    public String environment() {
        return job() + "/env";
    }

    /** Staged files; also the job's working directory. */
    public String files() {
        return job() + "/files";
    }

    /** For an array: the output of its tasks under the names that they get in a workspace. */
    public String taskFiles() {
        return job() + "/task-files";
    }

    /** Checksums of the staged files if they were requested, in the form of {@code sha256sum}. */
    public String checksums() {
        return job() + "/files.sha256";
    }

    /** The list of files that were copied between here and the workspace. */
    public String copied() {
        return job() + "/files.copied";
    }

    /** Output and errors of all attempts together. */
    public String outputLog() {
        return task == NO_TASK ? job() + "/output.log" : path() + ".log";
    }

    /** Standard output of the last attempt, without errors, for a build that wants it. The script limits its size. */
    public String returnedOutput() {
        return job() + "/stdout";
    }

    /** The job's comment in Slurm, by which the job is found again: {@code jenkins:<controller id>:<token>}. */
    public String comment() {
        return commentPrefix(root) + token;
    }

    /** The token in a job's comment; empty unless the job belongs to the given directory. */
    public static Optional<JobToken> ofComment(String root, String comment) {
        String prefix = commentPrefix(root);
        return comment.startsWith(prefix) ? JobToken.parse(comment.substring(prefix.length())) : Optional.empty();
    }

    private static String commentPrefix(String root) {
        return COMMENT_BEGIN + root.substring(root.lastIndexOf('/') + 1) + ":";
    }

    /** Whether a comment has this form, for any controller. */
    public static boolean isComment(String comment) {
        return comment.startsWith(COMMENT_BEGIN) && COMMENT.matcher(comment).matches();
    }

    /**
     * Whether a comment belongs to another job than this one. After a crash, {@code slurmctld} forgets the jobs of the
     * last seconds and gives their ids to new jobs. A comment that a site or a user has changed proves nothing.
     */
    public boolean isOfAnother(String comment) {
        boolean own = comment.endsWith(token.value()) && comment.equals(comment());
        return !own && isComment(comment);
    }

    /** The file with {@code sbatch}'s answer. */
    public String jobId() {
        return job() + "/jobid";
    }

    /**
     * The file that says how the job ended. A sweep uses it. It is written when nobody needs the directory any more.
     */
    public String ended() {
        return job() + "/ended";
    }

    /** Prefix of the record that an attempt writes when it starts. The attempt's number follows. */
    public String started() {
        return path() + "/started.";
    }

    /** Prefix of the record that an attempt writes when it ends. The attempt's number follows. */
    public String exit() {
        return path() + "/exit.";
    }

    /**
     * Whether a record here can belong to the job or task with this id, in the form of {@code SLURM_JOB_ID} and similar
     * variables.
     */
    public boolean mayBelongTo(String id) {
        return JobId.parse(id).isPresent()
                && (task == NO_TASK ? id.matches("[0-9]+(\\+[0-9]+)?") : id.matches("[0-9]+_" + task));
    }

    /**
     * The file with the id of the job that owns this directory. A second job with the same token finds it and does
     * nothing.
     */
    public String owner() {
        return job() + "/owner";
    }

    /**
     * The directory in which a controller's jobs and tasks announce their starts and ends. Each announcement is the
     * name of an empty file: {@code <token>.started.<attempt>}, {@code <token>.<task>.ended.<attempt>}. One listing
     * shows all of them.
     */
    public static String announcements(String root) {
        return root + "/announced";
    }

    /** The directory of job directories that are being removed. */
    public static String removed(String root) {
        return root + "/removed";
    }
}
