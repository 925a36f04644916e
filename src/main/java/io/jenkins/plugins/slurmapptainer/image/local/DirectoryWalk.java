package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.FileLayouts;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Finds the image files below a directory. It follows links but enters no directory twice, so circles of links do no
 * harm. Whatever cannot be read is noted and left out.
 */
final class DirectoryWalk {
    private static final Pattern IMAGE_FILE = Pattern.compile(".*\\.(sif|simg)");
    private static final int MAX_PATH = 1024;

    private final Path root;
    private final FileLayouts layouts;
    private final ScanNotes notes;
    private final Set<Object> entered = new HashSet<>();
    private final List<FoundImage> found = new ArrayList<>();

    DirectoryWalk(ScanRoot root, ScanNotes notes) {
        this.root = Path.of(root.path());
        this.layouts = FileLayouts.parse(root.layouts());
        this.notes = notes;
    }

    /** The files, sorted by name. They have not been inspected yet. */
    List<FoundImage> walk() {
        enter(root, "", 1);
        return found;
    }

    private void enter(Path directory, String prefix, int level) {
        List<Path> entries = new ArrayList<>();
        try {
            BasicFileAttributes attributes = Files.readAttributes(directory, BasicFileAttributes.class);
            Object key = attributes.fileKey() == null ? directory.toRealPath() : attributes.fileKey();
            if (!entered.add(key)) {
                notes.skip(directory.toString(), "is a directory that was scanned under another name");
                return;
            }
            try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
                stream.forEach(entries::add);
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            notes.skip(directory.toString(), "is no directory");
            return;
        } catch (IOException | DirectoryIteratorException e) {
            notes.unread(directory.toString(), "cannot be read: " + Printable.of(reason(e)));
            return;
        }
        entries.sort(Comparator.comparing(Files::isSymbolicLink).thenComparing(Comparator.naturalOrder()));
        entries.forEach(entry -> look(entry, prefix, level));
    }

    private void look(Path entry, String prefix, int level) {
        String name = String.valueOf(entry.getFileName());
        if (name.startsWith(".") || Thread.currentThread().isInterrupted()) {
            return;
        }
        boolean imageFile = IMAGE_FILE.matcher(name).matches();
        try {
            BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                if (level < layouts.depth() && isPlain(entry, true)) {
                    enter(entry, prefix + name + "/", level + 1);
                }
                return;
            }
            Optional<FileLayouts.Fit> fit = layouts.fit(prefix + name);
            if (fit.isEmpty()) {
                if (imageFile) {
                    notes.skip(entry.toString(), "its name fits no layout");
                }
            } else if (isPlain(entry, false) && isImage(entry, attributes)) {
                add(entry, fit.get(), attributes);
            }
        } catch (NoSuchFileException e) {
            if (imageFile) {
                notes.skip(entry.toString(), Files.isSymbolicLink(entry) ? "is a link that leads nowhere" : "is gone");
            }
        } catch (IOException e) {
            notes.unread(entry.toString(), "cannot be read: " + Printable.of(reason(e)));
        }
    }

    private boolean isPlain(Path entry, boolean directory) {
        String path = entry.toString();
        boolean odd = !FoundImage.isPlain(path);
        if (odd || path.length() > MAX_PATH) {
            notes.skip(
                    path,
                    odd
                            ? "its name has control characters, or bytes that are no text in the agent's locale"
                            : "its path is longer than " + MAX_PATH + " characters");
        }
        return !odd && path.length() <= MAX_PATH;
    }

    private boolean isImage(Path file, BasicFileAttributes attributes) {
        String problem = !attributes.isRegularFile()
                ? "is no file"
                : attributes.size() == 0
                        ? "is empty"
                        : Files.isReadable(file) ? "" : "cannot be read by the agent's user";
        if (!problem.isEmpty()) {
            notes.skip(file.toString(), problem);
        }
        return problem.isEmpty();
    }

    private void add(Path file, FileLayouts.Fit fit, BasicFileAttributes attributes) {
        FileStamp stamp = new FileStamp(
                attributes.size(), Math.max(0, attributes.lastModifiedTime().toMillis()));
        found.add(new FoundImage(file.toString(), fit.type(), fit.name(), fit.version(), stamp, null));
    }

    private static String reason(Exception e) {
        return e instanceof InvalidPathException || e.getMessage() == null ? e.toString() : e.getMessage();
    }
}
