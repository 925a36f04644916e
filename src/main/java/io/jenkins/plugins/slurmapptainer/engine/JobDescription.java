package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import java.io.Serializable;

/**
 * The part of a {@link JobRecord} that says what was requested and which image is used. It does not change once the job
 * is prepared. Every thread may read it. The names of the fields are saved in builds.
 */
public final class JobDescription implements Serializable {
    private static final long serialVersionUID = 1L;

    private String imageId = "";
    private String imagePath = "";
    private String imageSource = "";
    private long imageSize;
    private long imageModified;
    private String imageSha256 = "";
    private boolean mayRequeue;
    private long maxPending;
    private String asked = "";
    private String askedMemory = "";
    private String askedTime = "";
    private boolean dryRun;
    private boolean outputReturned;
    /** {@code null} for Slurm's default. */
    private String mpi;

    JobDescription() {}

    public synchronized String imageId() {
        return imageId;
    }

    public synchronized String imagePath() {
        return imagePath;
    }

    /** Reference of the image in the registry that it was pulled from, empty for none. */
    public synchronized String imageSource() {
        return imageSource;
    }

    /** Size in bytes of the image's file when the job was prepared, 0 if that is not known. */
    public synchronized long imageSize() {
        return imageSize;
    }

    /**
     * When the image's file had last been changed when the job was prepared, in milliseconds since 1970; 0 if that is
     * not known.
     */
    public synchronized long imageModified() {
        return imageModified;
    }

    /** SHA-256 of the image's file in hexadecimal digits; empty if it was not computed for this job. */
    public synchronized String imageSha256() {
        return imageSha256;
    }

    /**
     * Sets what is known about the image's file when the job is prepared.
     *
     * @param size size in bytes
     * @param modified milliseconds since 1970
     * @param sha256 empty if it was not computed
     */
    public synchronized void imageFile(long size, long modified, String sha256) {
        imageSize = size;
        imageModified = modified;
        imageSha256 = sha256;
    }

    /** Whether Slurm may run the job again by itself, under the same id. */
    public synchronized boolean mayRequeue() {
        return mayRequeue;
    }

    /** Everything that was requested, as {@code sbatch} options; empty before the job was prepared. */
    public synchronized String asked() {
        return asked;
    }

    /** The requested memory per node as it was written; empty for Slurm's default. */
    public synchronized String askedMemory() {
        return askedMemory;
    }

    /** The requested time limit as it was written; empty for Slurm's default. */
    public synchronized String askedTime() {
        return askedTime;
    }

    /** Whether Slurm only checks the job, and nothing is submitted. */
    public synchronized boolean isDryRun() {
        return dryRun;
    }

    /** Whether the build wants the standard output of the job. */
    public synchronized boolean isOutputReturned() {
        return outputReturned;
    }

    /** How many milliseconds the job may wait for its first start, 0 for no limit. */
    synchronized long maxPending() {
        return maxPending;
    }

    /** The MPI interface that {@code srun} offers the tasks, empty for Slurm's default. */
    public synchronized String mpi() {
        return mpi == null ? "" : mpi;
    }

    synchronized void planned(JobPlan plan) {
        mpi = plan.launch().mpi().isEmpty() ? null : plan.launch().mpi();
        imageId = plan.imageId();
        imagePath = plan.image().map(image -> image.path()).orElse("");
        imageSource = plan.image().map(image -> image.source()).orElse("");
        mayRequeue = plan.directives().mayRequeue();
        maxPending = plan.maxPending().toMillis();
        dryRun = plan.dryRun();
        outputReturned = plan.script().isReturned() && !plan.dryRun();
        asked = String.join(" ", plan.directives().options());
        askedMemory = plan.directives().get(Directive.MEMORY).orElse("");
        askedTime = plan.directives().get(Directive.TIME).orElse("");
    }
}
