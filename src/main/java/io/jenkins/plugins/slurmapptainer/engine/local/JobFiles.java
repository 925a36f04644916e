package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.engine.ExitRecord;
import io.jenkins.plugins.slurmapptainer.engine.JobNews;
import io.jenkins.plugins.slurmapptainer.engine.StartRecord;
import io.jenkins.plugins.slurmapptainer.engine.Watch;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Looks for news of jobs on the file system: one listing for all ends, one look at the output of each job. */
final class JobFiles {
    private static final int PIECE = 256 * 1024;

    private final String root;

    JobFiles(String root) {
        this.root = root;
    }

    /** The tokens of the jobs of which an attempt has ended. */
    Set<String> done() throws IOException {
        return new HashSet<>(SmallFiles.list(Path.of(JobDirectory.done(root))));
    }

    /**
     * What is new about one job.
     *
     * @param ended whether its token stands among {@link #done()}
     * @param thorough whether to list the job's directory for a start, too
     */
    JobNews look(Watch watch, boolean ended, boolean thorough) throws IOException {
        JobDirectory directory = new JobDirectory(root, watch.token());
        StartRecord started = null;
        ExitRecord exit = null;
        OutputReader.Piece piece = OutputReader.read(Path.of(directory.outputLog()), watch.offset(), PIECE, ended);
        boolean startUnseen = watch.started() < 0 && piece.bytes().length > 0;
        if (ended || thorough || startUnseen) {
            List<String> names = SmallFiles.list(Path.of(directory.path()));
            Attempts attempts = new Attempts(directory, names);
            exit = attempts.end()
                    .filter(record -> record.attempt() != watch.ended())
                    .orElse(null);
            started = attempts.start(watch.started()).orElse(null);
        }
        return new JobNews(watch.token(), piece.bytes(), piece.from(), started, exit);
    }
}
