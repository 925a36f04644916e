package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** What is written into the directory of an ended job that stays: how the job ended, and by the file's time, when. */
enum EndMark {
    SUCCEEDED,
    FAILED;

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Leaves it; the first one counts. */
    void leave(JobDirectory directory) throws IOException {
        Path mark = Path.of(directory.ended());
        boolean wanted = Files.isDirectory(Path.of(directory.path()), LinkOption.NOFOLLOW_LINKS)
                && !Files.exists(mark, LinkOption.NOFOLLOW_LINKS);
        if (wanted) {
            SmallFiles.write(mark, text());
        }
    }

    /** The mark in a file, if it is one. The job might have put anything there. */
    static Optional<EndMark> in(Path file) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        String text = SmallFiles.read(file).orElse("");
        return Optional.of(text.equals(SUCCEEDED.text()) ? SUCCEEDED : FAILED);
    }
}
