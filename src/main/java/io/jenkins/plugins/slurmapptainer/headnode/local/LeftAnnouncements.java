package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Removes announcements of ended jobs that nobody watches any more. Some come late: a job writes the record of its end
 * before it announces the end, so the job may be over for the plugin before the announcement exists.
 */
final class LeftAnnouncements {
    private final String root;
    private final JobStore store;
    private final Path directory;

    LeftAnnouncements(String root) {
        this.root = root;
        this.store = new JobStore(root);
        this.directory = Path.of(JobDirectory.announcements(root));
    }

    /**
     * Removes them.
     *
     * @param before milliseconds since 1970; newer ones stay
     */
    void remove(long before) throws IOException, InterruptedException {
        for (String name : store.list(directory.toString())) {
            Optional<JobToken> token = Announcement.parse(name).flatMap(one -> JobToken.parse(one.token()));
            Path file = directory.resolve(name);
            if (token.isPresent() && isOlder(file, before) && isOver(token.get())) {
                store.delete(file.toString());
            }
        }
    }

    private boolean isOver(JobToken token) throws IOException, InterruptedException {
        JobDirectory job = new JobDirectory(root, token);
        return Files.notExists(Path.of(job.path()), LinkOption.NOFOLLOW_LINKS)
                || EndMark.of(job).isPresent();
    }

    private static boolean isOlder(Path file, long before) throws IOException {
        try {
            return FileFacts.of(file).modified().toMillis() < before;
        } catch (IOException e) {
            if (FileTrouble.isAbsence(e)) {
                return false;
            }
            throw e;
        }
    }
}
