package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds a place below a directory where a file may be written, whatever links are there. */
final class SafePlace {
    private SafePlace() {}

    /**
     * Makes the place of a file, with the directories above it.
     *
     * @param base a real path
     * @param file relative, without {@code ..}
     * @throws IOException when a link leads out of the directory, or a file is in the way of one
     */
    static Path below(Path base, Path file) throws IOException {
        Path parent = existingParent(base, file);
        if (!parent.startsWith(base)) {
            throw new IOException("'" + file + "' would be written outside of " + base + ", to " + parent);
        }
        Path target = base.resolve(file);
        try {
            Files.createDirectories(target.resolveSibling(""));
        } catch (FileAlreadyExistsException e) {
            Path inTheWay = Path.of(e.getFile());
            throw new IOException(
                    FileNames.printable(inTheWay.startsWith(base) ? base.relativize(inTheWay) : inTheWay)
                            + " is no directory there",
                    e);
        }
        return target;
    }

    /** The real path of the nearest directory above the target that already exists. It might be a link. */
    static Path existingParent(Path base, Path file) throws IOException {
        Path parent = base;
        for (Path element : file) {
            Path next = parent.resolve(element);
            if (!Files.isDirectory(next)) {
                break;
            }
            parent = next;
        }
        return parent.toRealPath();
    }
}
