package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** A file in the directory of an ended job that is kept. It shows how the job ended, and by its time, when. */
enum EndMark {
    SUCCEEDED,
    FAILED;

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Writes the mark, unless there is one already. */
    void leave(JobDirectory directory) throws IOException {
        JobStore store = new JobStore(directory.root());
        boolean wanted = Files.isDirectory(Path.of(directory.path()), LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(Path.of(directory.ended()), LinkOption.NOFOLLOW_LINKS);
        if (wanted) {
            store.write(directory.ended(), text());
        }
    }

    /** The mark, if there is one. The job may have replaced it by anything. */
    static Optional<EndMark> of(JobDirectory directory) throws IOException, InterruptedException {
        return new JobStore(directory.root())
                .read(directory.ended())
                .map(text -> text.equals(SUCCEEDED.text()) ? SUCCEEDED : FAILED);
    }
}
