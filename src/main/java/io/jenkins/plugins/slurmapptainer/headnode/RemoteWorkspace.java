package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;

/**
 * The workspace of a build on a machine that is no head node. Each operation may be repeated and waits for the machine.
 */
public interface RemoteWorkspace {
    /**
     * Finds the files that patterns match.
     *
     * @param directory where the files will be
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException for files that do not exist or leave the
     *     workspace
     */
    Selection select(ArrayList<FilePattern> patterns, String directory) throws IOException, InterruptedException;

    /**
     * Sends some of its files as an archive.
     *
     * @param bytes their total size when they were selected
     * @return what is wrong with the files that were not sent, one sentence each
     */
    ArrayList<String> send(ArrayList<String> names, long bytes, OutputStream to)
            throws IOException, InterruptedException;

    /**
     * Receives files. They replace files of the same name.
     *
     * @return what has arrived; a problem with one file does not stop the others
     */
    ReceiveAnswer receive(int files, long bytes, ArchiveSource source) throws IOException, InterruptedException;
}
