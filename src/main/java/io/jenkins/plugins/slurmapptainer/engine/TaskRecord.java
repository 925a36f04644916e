package io.jenkins.plugins.slurmapptainer.engine;

/** The record of one task of a job array. Threads as for {@link JobProgress}. */
public final class TaskRecord extends JobProgress {
    private static final long serialVersionUID = 1L;

    private final int index;

    /** @param index as in {@code SLURM_ARRAY_TASK_ID} */
    TaskRecord(int index) {
        this.index = index;
    }

    public int index() {
        return index;
    }

    /** The array has got this id. */
    void submitted(String arrayId) {
        int cluster = arrayId.indexOf(';');
        adopt(
                cluster < 0
                        ? arrayId + "_" + index
                        : arrayId.substring(0, cluster) + "_" + index + arrayId.substring(cluster));
    }
}
