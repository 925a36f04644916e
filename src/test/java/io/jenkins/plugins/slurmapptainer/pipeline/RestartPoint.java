package io.jenkins.plugins.slurmapptainer.pipeline;

import io.jenkins.plugins.slurmapptainer.jenkinstest.Gates;

/** A moment in the life of a job at which the controller may end, and the Pipeline that can be stopped there. */
enum RestartPoint {
    /** No head node is online. */
    PREPARING,
    /** The record says that {@code sbatch} is called; it has not reached Slurm. */
    BEFORE_SBATCH,
    /** Slurm has the job, nobody has its id. */
    BEFORE_ANSWER,
    /** The job waits in the queue. */
    PENDING,
    /** The job prints without a pause, so that the end comes between any two lines. */
    RUNNING,
    /** The same within a {@code node} block and with files from its workspace. */
    RUNNING_IN_NODE,
    /** The job has ended, and nobody could see that yet. */
    COLLECTING,
    /** The end is saved, but the Pipeline has not been told. */
    TELLING,
    /** The build was aborted; {@code scancel} has not reached Slurm. */
    CANCELLING;

    /** Name of the cluster, which is the label of its head node. */
    String cluster() {
        switch (this) {
            case PREPARING:
                return "absent";
            case COLLECTING:
                return "away";
            default:
                return "main";
        }
    }

    /** Exit code of the jobs. */
    static final int EXIT_CODE = 7;

    /** Name of the file that lets a job end. */
    static String release(String job) {
        return "release-" + job;
    }

    /** Name of the file that lets the Pipeline go on that holds up itself. */
    static String releaseOfPipeline(String job) {
        return "release-pipeline-" + job;
    }

    /** Numbered lines without a pause, at least some and until the release. */
    private static String program(String job, Gates gates) {
        return "i=0; until [ $i -ge 20 ] && [ -e " + gates.file(release(job)) + " ]; do i=$((i+1)); echo \"line $i\"; "
                + "sleep 0.1; done; echo \"$i lines\"; exit " + EXIT_CODE;
    }

    /**
     * The step within the blocks that people put around it.
     *
     * @param job name of the Slurm job
     */
    String pipeline(String job, Gates gates) {
        String step = "echo 'result ' + slurmApptainer(cluster: '" + cluster() + "', jobName: '" + job + "', "
                + (this == PENDING ? "options: '--begin=now+1hour', " : "")
                + (this == RUNNING_IN_NODE ? "files: 'data', " : "") + "returnStatus: true, script: '''"
                + program(job, gates) + "''')";
        step = this == RUNNING_IN_NODE ? "node('main') { writeFile(file: 'data', text: ''); " + step + " }" : step;
        step = "timeout(10) { retry(2) { withEnv(['A=b']) { catchError { " + step + " } } } }";
        return this == TELLING ? "parallel(job: {" + step + "}, other: {" + blocking(job, gates) + "})" : step;
    }

    /**
     * Holds up the Pipeline, once the job runs, from within: no step can be told its end. In one call, because Pipeline
     * does other things between the rounds of a loop.
     */
    private static String blocking(String job, Gates gates) {
        return "while (!new File('" + gates.file("block-" + job) + "').exists()) { sleep 1 }; "
                + "new File('" + gates.file("blocked-" + job) + "').createNewFile(); "
                + "if (!new File('" + gates.file(releaseOfPipeline(job)) + "').exists()) { Thread.sleep(600_000) }";
    }

    /** The one that holds up its Pipeline does what the sandbox forbids. */
    boolean isSandboxed() {
        return this != TELLING;
    }
}
