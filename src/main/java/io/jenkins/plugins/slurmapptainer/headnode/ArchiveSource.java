package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.IOException;
import java.io.OutputStream;

/** Files that travel from one machine to another, as one stream. */
@FunctionalInterface
public interface ArchiveSource {
    /** Writes all files. Does not close the stream. */
    void writeTo(OutputStream out) throws IOException, InterruptedException;
}
