package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Finds the files below a directory that patterns match. Names that start with a dot or end with a tilde are treated
 * like others. Links are followed within the directory, but never out of it and never to a directory that contains
 * them. Something that is no file or cannot be read is one problem, and the search continues. Each pattern looks at a
 * limited number of names, so that none keeps the others from being found. All patterns together have a time limit.
 */
final class FileSearch {
    /**
     * More than a large source tree with its history has. Links between directories can give few files endlessly many
     * names.
     */
    private static final int MAX_NAMES = 1_000_000;
    /** Time for all patterns of a search. A file system that is slow for so long will not become fast. */
    private static final Duration LIMIT = Duration.ofMinutes(20);
    /**
     * Deeper than real trees. Each level needs room on the stack, and links between directories can make few levels
     * many.
     */
    private static final int MAX_DEPTH = 256;

    private static final int SHOWN_DEPTH = 3;

    private final Enclosure within;
    private final Path base;
    private final String place;
    private final int maxFiles;
    private final int maxNames;
    private final Duration limit;
    private final long end;
    private int names;

    private FileMatch match;
    private Found found;

    /** One file. */
    record FoundFile(Path name, Path path, FileFacts facts) {}

    /** The files that one pattern matches, in a fixed order, with problems and notes. */
    record Found(List<FoundFile> files, Problems problems, Problems notes) {}

    /** Ends a search that need not go on. */
    private static final class EnoughException extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * @param within the directory to search; nothing outside of it is found
     * @param place the directory in words
     * @param maxFiles how many files of one pattern are wanted; the search may find one more
     */
    FileSearch(Enclosure within, String place, int maxFiles) {
        this(within, place, maxFiles, MAX_NAMES, LIMIT);
    }

    FileSearch(Enclosure within, String place, int maxFiles, int maxNames, Duration limit) {
        this.within = within;
        this.base = within.path();
        this.place = place;
        this.maxFiles = maxFiles;
        this.maxNames = maxNames;
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** @throws IOException when a problem is temporary */
    Found find(FilePattern pattern) throws IOException {
        found = new Found(new ArrayList<>(), new Problems(), new Problems());
        match = new FileMatch(pattern);
        names = 0;
        try {
            Path start = Path.of(match.start());
            Set<FileFacts.Key> above = new HashSet<>(Set.of(FileFacts.of(base).key()));
            if (match.start().isEmpty()) {
                list(Path.of(""), base, above);
            } else {
                enter(start, 0, base, above);
            }
        } catch (EnoughException e) {
            // Already reported, or the caller reports it.
        } catch (InvalidPathException e) {
            found.problems().add(Printable.of(e.getInput()), FileNames.words(e));
        }
        return found;
    }

    /** Follows the part of the pattern that has no wildcards. */
    private void enter(Path start, int depth, Path directory, Set<FileFacts.Key> above) throws IOException {
        Path name = start.subpath(0, depth + 1);
        Path path = directory.resolve(start.getName(depth));
        boolean last = depth + 1 == start.getNameCount();
        try {
            FileFacts facts = FileFacts.of(path);
            if (facts.isLink()) {
                Path real = path.toRealPath();
                if (!real.startsWith(base)) {
                    found.problems().add(FileNames.printable(name), leaves(real));
                    return;
                }
                path = real;
                facts = FileFacts.of(real);
            }
            if (last && !facts.isDirectory()) {
                take(name, path, facts);
            } else if (facts.isDirectory()) {
                above.add(facts.key());
                if (last) {
                    list(name, path, above);
                } else {
                    enter(start, depth + 1, path, above);
                }
            }
        } catch (EnoughException e) {
            throw e;
        } catch (IOException e) {
            if (!FileTrouble.isAbsence(e)) {
                trouble(name, e);
            } else if (Files.isSymbolicLink(path)) {
                found.problems().add(FileNames.printable(name), dangling(path));
            }
        }
    }

    private void list(Path name, Path directory, Set<FileFacts.Key> above) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (HeldDirectory held = within.hold(directory)) {
            for (Iterator<Path> all = held.names(); all.hasNext(); ) {
                count();
                entries.add(directory.resolve(all.next()));
            }
        } catch (DirectoryIteratorException e) {
            trouble(name.resolve("."), e.getCause());
        } catch (NoSuchFileException e) {
            return;
        } catch (EnoughException e) {
            throw e;
        } catch (IOException e) {
            trouble(name.resolve("."), e);
        }
        entries.sort(null);
        for (Path entry : entries) {
            Path child = name.resolve(directory.relativize(entry));
            if (match.isMeant(child) || match.mayBeAbove(child)) {
                look(child, entry, above);
            }
        }
    }

    private void count() throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
        names++;
        boolean late = System.nanoTime() - end >= 0;
        if (late || names > maxNames) {
            found.problems()
                    .add("the search in " + base + " has ended after "
                            + (late ? DurationText.of(limit.toMillis()) : maxNames + " names")
                            + "; name the directories, or remove links between them");
            throw new EnoughException();
        }
    }

    private void look(Path name, Path path, Set<FileFacts.Key> above) throws IOException {
        try {
            FileFacts facts = FileFacts.of(path);
            if (facts.isLink()) {
                follow(name, path, above);
            } else if (facts.isDirectory()) {
                descend(name, path, facts, above);
            } else {
                take(name, path, facts);
            }
        } catch (EnoughException e) {
            throw e;
        } catch (IOException e) {
            trouble(name, e);
        }
    }

    private void follow(Path name, Path link, Set<FileFacts.Key> above) throws IOException {
        boolean meant = match.isMeant(name);
        Path real;
        try {
            real = link.toRealPath();
        } catch (IOException e) {
            if (meant && FileTrouble.isAbsence(e)) {
                found.problems().add(FileNames.printable(name), dangling(link));
            } else if (meant || FileTrouble.isPassing(e)) {
                trouble(name, e);
            }
            return;
        }
        if (!real.startsWith(base)) {
            if (meant) {
                found.problems().add(FileNames.printable(name), leaves(real));
            } else if (Files.isDirectory(real)) {
                found.notes().add(FileNames.printable(name), leaves(real) + ", and was not followed");
            }
            return;
        }
        FileFacts facts = FileFacts.of(real);
        if (facts.isDirectory()) {
            descend(name, real, facts, above);
        } else {
            take(name, real, facts);
        }
    }

    private void descend(Path name, Path directory, FileFacts facts, Set<FileFacts.Key> above) throws IOException {
        if (!match.mayBeAbove(name)) {
            return;
        }
        if (name.getNameCount() > MAX_DEPTH) {
            found.problems()
                    .add(
                            FileNames.printable(name.subpath(0, SHOWN_DEPTH)) + "/…",
                            "has more than " + MAX_DEPTH + " nested directories; deeper ones were not looked at");
            return;
        }
        if (!above.add(facts.key())) {
            found.notes()
                    .add(FileNames.printable(name), "leads back to a directory that it lies in, and was not followed");
            return;
        }
        list(name, directory, above);
        above.remove(facts.key());
    }

    private void take(Path name, Path path, FileFacts facts) throws EnoughException {
        if (!match.isMeant(name)) {
            return;
        }
        if (!facts.isFile()) {
            found.problems().add(FileNames.printable(name), "is " + facts.kind() + ", no file");
        } else if (!FileNames.isText(name)) {
            found.problems().add(FileNames.printable(name), FileNames.words(name));
        } else {
            found.files().add(new FoundFile(name, path, facts));
            if (found.files().size() > maxFiles) {
                throw new EnoughException();
            }
        }
    }

    private String leaves(Path real) {
        return "is a symbolic link that leaves the " + place + ", to " + FileNames.printable(real);
    }

    private static String dangling(Path link) throws IOException {
        return "is a symbolic link to " + FileNames.printable(Files.readSymbolicLink(link)) + ", which does not exist";
    }

    /** @param name name of the directory, or name with a dot after it for a directory that cannot be listed */
    private void trouble(Path name, IOException e) throws IOException {
        if (FileTrouble.isPassing(e)) {
            throw e;
        }
        String text = FileNames.printable(name);
        found.problems()
                .add(
                        text.endsWith("/.") ? text.substring(0, text.length() - 1) : text,
                        "cannot be read: " + FileTrouble.words(e));
    }
}
