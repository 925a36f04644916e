package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;

/** The workspace of a build, on a machine that is no head node. Each operation may be repeated. */
public interface RemoteWorkspace {
    /**
     * Finds what patterns mean.
     *
     * @param directory where the files will be
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException for files that do not exist or leave the
     *     workspace
     */
    Selection select(ArrayList<FilePattern> patterns, String directory) throws IOException, InterruptedException;

    /**
     * Writes some of its files as an archive.
     *
     * @param bytes their total size when they were selected
     * @return what is wrong with those that did not go, one sentence each
     */
    ArrayList<String> send(ArrayList<String> names, long bytes, OutputStream to)
            throws IOException, InterruptedException;

    /**
     * Takes files, in place of those that have their names.
     *
     * @return what has arrived; what is wrong with a file keeps no other from arriving
     */
    ReceiveAnswer receive(int files, long bytes, ArchiveSource source) throws IOException, InterruptedException;
}
