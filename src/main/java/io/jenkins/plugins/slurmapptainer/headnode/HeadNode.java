package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * A machine with Slurm's commands and the shared file system. Each operation is one round trip, may be repeated at any
 * time without harm, and fails with {@link IOException} only when the machine could not be asked: that says nothing
 * about the job.
 */
public interface HeadNode {
    /**
     * Creates the job directory and puts the files into it.
     *
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException for files that do not exist or leave the
     *     workspace
     */
    StageAnswer stage(StageRequest request) throws IOException, InterruptedException;

    /**
     * The same, with lines about how far it is.
     *
     * @param progress takes lines for the console while files are copied
     */
    default StageAnswer stage(StageRequest request, Consumer<String> progress)
            throws IOException, InterruptedException {
        return stage(request);
    }

    /**
     * Takes files that come from another machine. Only a head node that is one of several machines is asked.
     *
     * @return what has arrived; what is wrong with a file keeps no other from arriving
     * @throws IOException also when there is no room, with numbers
     */
    default ReceiveAnswer receive(ReceiveRequest request, ArchiveSource files)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("there is no other machine");
    }

    /**
     * Writes files for another machine; the counterpart of {@link #receive}.
     *
     * @return what is wrong with those that did not go, one sentence each
     */
    default ArrayList<String> send(SendRequest request, OutputStream to) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("there is no other machine");
    }

    /** Submits the job, or finds out that an earlier call did. */
    SubmitAnswer submit(SubmitRequest request) throws IOException, InterruptedException;

    /** Returns news of the watched jobs, at once if there are any, else when the request's time is up. */
    Observation observe(ObserveRequest request) throws IOException, InterruptedException;

    /** Asks Slurm to end a job. */
    CancelAnswer cancel(CancelRequest request) throws IOException, InterruptedException;

    /**
     * The standard output of an ended job whose build wants it back.
     *
     * @return at most {@link ReturnedOutput#MAX} bytes, and one more if there is more
     * @throws IOException also when it is not there: the program has not ended, or another machine does not show it yet
     */
    byte[] returnedOutput(JobDirectory directory) throws IOException, InterruptedException;

    /** Copies the outputs of a job that has ended, and cleans up after it. */
    CollectAnswer collect(CollectRequest request) throws IOException, InterruptedException;
}
