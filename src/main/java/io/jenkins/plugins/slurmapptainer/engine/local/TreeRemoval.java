package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Removes trees that jobs have filled with whatever they liked. Symbolic links are removed, never followed; directories
 * without permissions get some; a tree deeper than paths can be long is cut into pieces. What cannot be removed stays,
 * and the rest is removed all the same.
 */
final class TreeRemoval {
    private static final int MAX_PROBLEMS = 5;
    /** Characters; the limit of a path is 4096 bytes, and names may have up to 255. */
    private static final int MAX_PATH = 900;

    private final Path removed;
    private final long end;
    private final List<String> problems = new ArrayList<>();
    private long bytes;
    private boolean cut;

    /**
     * @param removed a directory on the same file system, for pieces of trees; all that is in it is to be removed
     * @param end when to stop, in {@link System#nanoTime()}
     */
    TreeRemoval(Path removed, long end) {
        this.removed = removed;
        this.end = end;
    }

    /** What the removed files took. */
    long bytes() {
        return bytes;
    }

    /** Whether the time was too short. */
    boolean isCut() {
        return cut;
    }

    List<String> problems() {
        return problems;
    }

    /**
     * Puts the directory of a job aside, where nobody looks for it any more.
     *
     * @return whether there was one
     * @throws IOException also when something else lies where removed directories belong
     */
    static boolean setAside(JobDirectory directory) throws IOException {
        Path removed = Path.of(JobDirectory.removed(directory.root()));
        if (!Files.isDirectory(removed, LinkOption.NOFOLLOW_LINKS)) {
            // Not with the directories above it, which would follow a link.
            Files.createDirectory(removed);
        }
        try {
            Files.move(
                    Path.of(directory.path()), removed.resolve(directory.token().value()));
            Files.deleteIfExists(Path.of(directory.doneMark()));
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes everything in the directory for pieces. */
    void removeAll() {
        // A deep tree leaves pieces while it is removed. What cannot be removed is not tried again and again.
        while (!cut && problems.isEmpty() && !isEmpty()) {
            try {
                removeContents(removed);
            } catch (NoSuchFileException e) {
                return;
            } catch (IOException e) {
                problem(removed, e);
            }
        }
    }

    private boolean isEmpty() {
        try {
            return !Files.isDirectory(removed, LinkOption.NOFOLLOW_LINKS)
                    || SmallFiles.list(removed).isEmpty();
        } catch (IOException e) {
            problem(removed, e);
            return true;
        }
    }

    private void remove(Path path) {
        if (cut || System.nanoTime() >= end) {
            cut = true;
            return;
        }
        try {
            Map<String, Object> facts =
                    Files.readAttributes(path, "unix:isDirectory,size,nlink", LinkOption.NOFOLLOW_LINKS);
            if (!Boolean.TRUE.equals(facts.get("isDirectory"))) {
                Files.delete(path);
                bytes += Integer.valueOf(1).equals(facts.get("nlink")) ? (Long) facts.get("size") : 0;
            } else if (path.toString().length() > MAX_PATH) {
                Files.move(path, removed.resolve(UUID.randomUUID().toString()));
            } else {
                removeDirectory(path);
            }
        } catch (NoSuchFileException e) {
            // Somebody else removed it.
        } catch (IOException e) {
            problem(path, e);
        }
    }

    private void removeDirectory(Path directory) throws IOException {
        removeContents(directory);
        if (!cut) {
            try {
                Files.deleteIfExists(directory);
            } catch (DirectoryNotEmptyException e) {
                // Of what could not be removed that has been told, and new pieces are removed with the next round.
            }
        }
    }

    private void removeContents(Path directory) throws IOException {
        List<Path> directories = new ArrayList<>();
        try (DirectoryStream<Path> entries = open(directory)) {
            for (Path entry : entries) {
                if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    directories.add(entry);
                } else {
                    remove(entry);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        // Outside of the stream: a deep tree does not keep a descriptor open for each level.
        directories.forEach(this::remove);
    }

    private static DirectoryStream<Path> open(Path directory) throws IOException {
        if (!Files.isWritable(directory) || !Files.isExecutable(directory) || !Files.isReadable(directory)) {
            try {
                Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
            } catch (AccessDeniedException e) {
                // Somebody else's; what follows says what cannot be done.
            }
        }
        return Files.newDirectoryStream(directory);
    }

    private void problem(Path path, IOException e) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add("cannot remove " + Printable.of(path.toString()) + ": " + Printable.of(e.toString()));
        }
    }
}
