package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Gives the output of an array's tasks the names that people know. These are second names of the same files, in a
 * directory of their own, from which they are copied like other outputs. May be called again.
 */
final class TaskFiles {
    private static final String SUFFIX = ".log";

    private TaskFiles() {}

    /** Prepares the working directory of a request for the tasks' output. Does nothing for other requests. */
    static void name(CollectRequest request) throws IOException, InterruptedException {
        JobDirectory job = request.directory();
        JobStore store = new JobStore(job.root());
        Path tasks = Path.of(job.tasks());
        if (request.array().isEmpty() || !Files.isDirectory(tasks, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Path named = Path.of(request.workingDirectory());
        if (!Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)) {
            Files.deleteIfExists(named);
            SmallFiles.createPrivateDirectory(named);
        }
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(tasks, "*" + SUFFIX)) {
            for (Path log : logs) {
                String name = String.valueOf(log.getFileName());
                String index = name.substring(0, name.length() - SUFFIX.length());
                // If it is not Slurm's file, the job has put it there.
                if (index.matches("[0-9]{1,7}") && Files.isRegularFile(log, LinkOption.NOFOLLOW_LINKS)) {
                    link(store, log, named.resolve(CollectRequest.taskFile(request.array(), index)));
                }
            }
        }
    }

    private static void link(JobStore store, Path log, Path name) throws IOException, InterruptedException {
        if (Files.exists(name, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            Files.createLink(name, log);
        } catch (IOException | UnsupportedOperationException e) {
            // Not every shared file system has hard links.
            try (Enclosure from = Enclosure.of(store.hold(log.getParent()));
                    Enclosure to = Enclosure.of(store.hold(name.getParent()))) {
                new WholeCopy(from, log, bytes -> {}).create(to, name);
            }
        }
    }
}
