package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * A machine with Slurm's commands and the shared file system. Each operation is one round trip and may be repeated at
 * any time without harm. It throws {@link IOException} only when the machine could not be asked, which says nothing
 * about the job. Safe for several threads; every method waits for the machine.
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
     * The same, with progress lines.
     *
     * @param progress gets lines for the console while files are copied
     */
    default StageAnswer stage(StageRequest request, Consumer<String> progress)
            throws IOException, InterruptedException {
        return stage(request);
    }

    /**
     * Receives files from another machine. Used only if the workspace is not on the head nodes.
     *
     * @return what has arrived; a problem with one file does not stop the others
     * @throws IOException also when there is not enough room; the message has numbers
     */
    default ReceiveAnswer receive(ReceiveRequest request, ArchiveSource files)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("there is no other machine");
    }

    /**
     * Sends files to another machine. The opposite of {@link #receive}.
     *
     * @return what is wrong with the files that were not sent, one sentence each
     */
    default ArrayList<String> send(SendRequest request, OutputStream to) throws IOException, InterruptedException {
        throw new UnsupportedOperationException("there is no other machine");
    }

    /** Submits the job, or finds out that an earlier call has submitted it. */
    SubmitAnswer submit(SubmitRequest request) throws IOException, InterruptedException;

    /** Returns news of the watched jobs: at once if there is any, otherwise when the request's time is over. */
    Observation observe(ObserveRequest request) throws IOException, InterruptedException;

    /** Asks Slurm to cancel a job. */
    CancelAnswer cancel(CancelRequest request) throws IOException, InterruptedException;

    /**
     * Reads the standard output of an ended job for a build that wants it.
     *
     * @return at most {@link ReturnedOutput#MAX} bytes, and one more if there is more
     * @throws IOException also when there is no output: the program has not ended, or another machine's file is not
     *     visible yet
     */
    byte[] returnedOutput(JobDirectory directory) throws IOException, InterruptedException;

    /** Copies the outputs of a job that has ended, and cleans up after it. */
    CollectAnswer collect(CollectRequest request) throws IOException, InterruptedException;
}
