package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Looks for news of jobs and tasks on the file system: one listing for all ends, one look at the output of each that has begun. */
final class JobFiles {
    private static final int PIECE = 256 * 1024;
    private static final byte[] NOTHING = {};

    private final String root;
    private final JobStore store;

    JobFiles(String root) {
        this.root = root;
        this.store = new JobStore(root);
    }

    /**
     * What is new about one job or task.
     *
     * @param marks as they are now
     * @param thorough whether to list the job's directory for a start, too
     */
    JobNews look(ObservedJob watch, Marks marks, boolean thorough) throws IOException, InterruptedException {
        if (!marks.mayHaveBegun(watch)) {
            return new JobNews(watch.token(), watch.task(), NOTHING, watch.offset(), null, null);
        }
        boolean ended = marks.hasEnded(watch);
        JobDirectory directory = watch.directory(root);
        StartRecord started = null;
        ExitRecord exit = null;
        OutputReader.Piece piece = watch.wantsOutput()
                ? OutputReader.read(
                        store, Path.of(directory.outputLog()), watch.offset(), PIECE, ended, thorough || ended)
                : new OutputReader.Piece(NOTHING, 0);
        boolean startUnseen = watch.started() < 0 && piece.bytes().length > 0;
        if (ended || thorough || startUnseen) {
            List<String> names = store.list(directory.path());
            Attempts attempts = new Attempts(store, directory, names);
            exit = attempts.end()
                    .filter(record -> record.attempt() != watch.ended())
                    .orElse(null);
            started = attempts.start(watch.started()).orElse(null);
        }
        return new JobNews(watch.token(), watch.task(), piece.bytes(), piece.from(), started, exit);
    }
}
