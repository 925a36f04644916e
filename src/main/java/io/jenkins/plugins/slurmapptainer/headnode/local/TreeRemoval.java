package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Removes trees that jobs may have filled with anything. Symbolic links are removed but never followed, even if
 * somebody puts one in the place of a directory meanwhile. Directories without permissions get them. A tree deeper than
 * the longest path is cut into pieces. What cannot be removed stays, and the rest is removed all the same.
 */
final class TreeRemoval {
    private static final int MAX_PROBLEMS = 5;
    /** In characters. A path has at most 4096 bytes, and a name up to 255. */
    private static final int MAX_PATH = 900;
    /** Each level keeps two files open. */
    private static final int MAX_DEPTH = 32;

    private static final Set<PosixFilePermission> OWNERS = EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private final Path root;
    private final Path removed;
    private final long end;
    private final List<String> problems = new ArrayList<>();
    private long bytes;
    private boolean cut;

    /**
     * @param root the controller's directory; everything in its directory for removed trees will be removed
     * @param end when to stop, in {@link System#nanoTime()}
     */
    TreeRemoval(String root, long end) {
        this.root = Path.of(root);
        this.removed = Path.of(JobDirectory.removed(root));
        this.end = end;
    }

    /** Bytes that the removed files took. */
    long bytes() {
        return bytes;
    }

    /** Whether time ran out. */
    boolean isCut() {
        return cut;
    }

    List<String> problems() {
        return problems;
    }

    /**
     * Moves the directory of a job aside, where nobody looks for it.
     *
     * @return whether there was a directory
     * @throws IOException also when something else is in the place for removed directories
     */
    static boolean setAside(JobDirectory directory) throws IOException {
        Path removed = Path.of(JobDirectory.removed(directory.root()));
        if (!Files.isDirectory(removed, LinkOption.NOFOLLOW_LINKS)) {
            // Without the directories above it, because that would follow a link.
            Files.createDirectory(removed);
        }
        Path name = Path.of(directory.token().value());
        try (HeldDirectory root = HeldDirectory.open(Path.of(directory.root()));
                HeldDirectory aside = root.enter(removed.getFileName())) {
            root.move(name, aside, name);
            Announcements.forgetAll(directory);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes everything that was moved aside. */
    void removeAll() {
        // Removing a deep tree leaves pieces for the next round. What cannot be removed is not tried again.
        boolean more = true;
        while (more && !cut && problems.isEmpty()) {
            more = removeOnce();
        }
    }

    /** @return whether there was anything to remove */
    private boolean removeOnce() {
        if (!Files.isDirectory(removed, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        try (HeldDirectory controller = HeldDirectory.open(root);
                HeldDirectory pieces = controller.enter(removed.getFileName())) {
            return removeContents(pieces, pieces, 0);
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            problem(removed, e);
            return false;
        }
    }

    /** @return whether there was anything to remove */
    private boolean removeContents(HeldDirectory directory, HeldDirectory pieces, int depth) throws IOException {
        List<Path> directories = new ArrayList<>();
        boolean any = false;
        try {
            for (Iterator<Path> names = directory.names(); !isOver() && names.hasNext(); any = true) {
                Path name = names.next();
                if (!removeFile(directory, name)) {
                    directories.add(name);
                }
            }
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        for (Path name : directories) {
            if (isOver()) {
                break;
            }
            try {
                removeDirectory(directory, name, pieces, depth);
            } catch (NoSuchFileException e) {
                // Somebody else has removed it.
            } catch (IOException e) {
                problem(directory.path().resolve(name), e);
            }
        }
        return any;
    }

    private boolean isOver() {
        cut |= System.nanoTime() >= end;
        return cut;
    }

    /** @return false for a directory, from which nothing was removed */
    private boolean removeFile(HeldDirectory directory, Path name) {
        Path path = directory.path().resolve(name);
        try {
            // By its path, to get the number of names. If the path misleads, a directory or file only stays.
            Map<String, Object> facts =
                    Files.readAttributes(path, "unix:isDirectory,size,nlink", LinkOption.NOFOLLOW_LINKS);
            if (Boolean.TRUE.equals(facts.get("isDirectory"))) {
                return false;
            }
            directory.delete(name);
            bytes += Integer.valueOf(1).equals(facts.get("nlink")) ? (Long) facts.get("size") : 0;
        } catch (NoSuchFileException e) {
            // Somebody else has removed it.
        } catch (IOException e) {
            problem(path, e);
        }
        return true;
    }

    private void removeDirectory(HeldDirectory parent, Path name, HeldDirectory pieces, int depth) throws IOException {
        permit(parent, name);
        if (depth == MAX_DEPTH || parent.path().resolve(name).toString().length() > MAX_PATH) {
            parent.move(name, pieces, Path.of(UUID.randomUUID().toString()));
            return;
        }
        try (HeldDirectory held = parent.enter(name)) {
            removeContents(held, pieces, depth + 1);
        }
        if (!cut) {
            try {
                parent.deleteDirectory(name);
            } catch (DirectoryNotEmptyException e) {
                // What could not be removed has been reported. New pieces are removed in the next round.
            }
        }
    }

    private static void permit(HeldDirectory parent, Path name) throws IOException {
        if (parent.attributes(name).permissions().containsAll(OWNERS)) {
            return;
        }
        try {
            parent.view(name).setPermissions(OWNERS);
        } catch (AccessDeniedException e) {
            // A directory that cannot be read cannot be opened to change it. If somebody puts a link there now, a
            // directory of the account only gets closed to others.
            Files.setPosixFilePermissions(parent.path().resolve(name), PosixFilePermissions.fromString("rwx------"));
        }
    }

    private void problem(Path path, IOException e) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add("cannot remove " + Printable.of(path.toString()) + ": " + Printable.of(e.toString()));
        }
    }
}
