package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The files of a workspace that a job asks for, and the variables that name them. */
final class FileSelection {
    /** Files found by a wildcard get variables of their own up to this number; the environment of a process is finite. */
    private static final int MAX_OWN_VARIABLES = 100;

    private final Path workspace;
    private final VariableNames variables = new VariableNames();
    private final Map<Path, SourceFile> files = new LinkedHashMap<>();
    /** Real paths of the directories that have been looked at: one look for all files of each. */
    private final Map<Path, Path> directories = new HashMap<>();

    private long bytes;

    private FileSelection(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * One of the files.
     *
     * @param name relative to the workspace
     * @param path the file itself, no link
     * @param size bytes
     */
    record SourceFile(Path name, Path path, long size) {}

    /**
     * Finds what the patterns mean.
     *
     * @param workspace its real path
     * @throws InvalidRequestException for a pattern that matches nothing and is not optional, a link that leaves the
     *     workspace, something that is no file, and a clash of names
     */
    static FileSelection of(Path workspace, List<FilePattern> patterns) throws IOException {
        FileSelection selection = new FileSelection(workspace);
        for (FilePattern pattern : patterns) {
            selection.add(pattern);
        }
        return selection;
    }

    Collection<SourceFile> files() {
        return files.values();
    }

    long bytes() {
        return bytes;
    }

    /** The variables, for files that are below a directory. */
    ArrayList<Export> exports(Path directory) {
        ArrayList<Export> exports = new ArrayList<>();
        variables
                .values()
                .forEach((name, file) ->
                        exports.add(new Export(name, directory.resolve(file).toString())));
        return exports;
    }

    /** Which files have no variable because several would have the same. */
    ArrayList<String> notes() {
        return new ArrayList<>(variables.notes());
    }

    private void add(FilePattern pattern) throws IOException {
        List<Path> found = FileSearch.find(workspace, pattern);
        if (found.isEmpty() && !pattern.optional()) {
            throw new InvalidRequestException(
                    "files", "'" + pattern + "' matches no file in the workspace " + workspace);
        }
        for (Path file : found) {
            if (!files.containsKey(file)) {
                SourceFile source = source(file);
                files.put(file, source);
                bytes += source.size();
            }
        }
        if (!found.isEmpty()) {
            name(pattern, found);
        }
    }

    private SourceFile source(Path file) throws IOException {
        Path path = directory(file).resolve(file.getFileName());
        BasicFileAttributes facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (facts.isSymbolicLink()) {
            path = path.toRealPath();
            facts = Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        }
        if (!path.startsWith(workspace)) {
            throw new InvalidRequestException(
                    "files",
                    "'" + Printable.of(file.toString()) + "' is a symbolic link that leaves the workspace, to " + path);
        }
        if (!facts.isRegularFile()) {
            throw new InvalidRequestException(
                    "files",
                    "'" + Printable.of(file.toString()) + "' is neither a file nor a link to one; name the others");
        }
        return new SourceFile(file, path, facts.size());
    }

    private Path directory(Path file) throws IOException {
        Path parent = file.getParent() == null ? Path.of("") : file.getParent();
        Path known = directories.get(parent);
        if (known == null) {
            known = workspace.resolve(parent).toRealPath();
            directories.put(parent, known);
        }
        return known;
    }

    private void name(FilePattern pattern, List<Path> found) {
        if (!pattern.name().isEmpty()) {
            if (pattern.isWild() && found.size() > 1) {
                throw new InvalidRequestException(
                        "files",
                        "'" + pattern + "' matches " + found.size()
                                + " files; a name needs exactly one file or a directory");
            }
            Path named = pattern.isWild() ? found.get(0) : Path.of(pattern.pattern());
            variables.addNamed(pattern.name(), named.toString());
        } else if (found.size() <= MAX_OWN_VARIABLES) {
            for (Path file : found) {
                if (file.equals(Path.of(pattern.pattern()))) {
                    variables.addOwn(file.toString(), file.toString());
                } else {
                    variables.addFound(file.toString(), file.toString());
                }
            }
        }
    }
}
