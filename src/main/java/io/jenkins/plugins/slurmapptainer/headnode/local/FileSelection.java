package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The files of a workspace that a job requests, and the variables with their paths. */
final class FileSelection {
    /**
     * Up to this number, files that a wildcard found get variables of their own. The environment of a process is
     * limited.
     */
    private static final int MAX_OWN_VARIABLES = 100;

    private final Path workspace;
    private final VariableNames variables = new VariableNames();
    private final Map<Path, SourceFile> files = new LinkedHashMap<>();
    private final Problems problems = new Problems();
    private final Problems notes = new Problems();

    private long bytes;

    private FileSelection(Path workspace) {
        this.workspace = workspace;
    }

    /**
     * One file.
     *
     * @param name relative to the workspace
     * @param path the file itself, no link
     * @param size bytes
     */
    record SourceFile(Path name, Path path, long size) {}

    /**
     * Finds the files that the patterns match.
     *
     * @param from the workspace
     * @throws InvalidRequestException for a pattern that must match a file but does not, for a clash of names, for
     *     links that lead nowhere or out of the workspace, for something that is no file, and for something that cannot
     *     be read; the message names all of them
     * @throws IOException when a problem is temporary
     */
    static FileSelection of(Enclosure from, List<FilePattern> patterns) throws IOException {
        FileSelection selection = new FileSelection(from.path());
        FileSearch search = new FileSearch(from, "workspace", Integer.MAX_VALUE - 1);
        for (FilePattern pattern : patterns) {
            selection.add(pattern, search);
        }
        if (!selection.problems.isEmpty()) {
            throw new InvalidRequestException("files", String.join("; ", selection.problems.list()));
        }
        return selection;
    }

    Collection<SourceFile> files() {
        return files.values();
    }

    long bytes() {
        return bytes;
    }

    /**
     * What was left out for a reason that may interest somebody, and which files have no variable. One sentence each.
     */
    ArrayList<String> notes() {
        ArrayList<String> all = new ArrayList<>();
        notes.list().forEach(note -> all.add("files: " + note));
        all.addAll(variables.notes());
        return all;
    }

    /** The variables, for files below a directory. */
    ArrayList<Export> exports(Path directory) {
        ArrayList<Export> exports = new ArrayList<>();
        variables
                .values()
                .forEach((name, file) -> exports.add(
                        new Export(name, directory.resolve(file).normalize().toString())));
        return exports;
    }

    private void add(FilePattern pattern, FileSearch search) throws IOException {
        FileSearch.Found found = search.find(pattern);
        problems.addAll(found.problems());
        notes.addAll(found.notes());
        if (found.files().isEmpty() && found.problems().isEmpty() && !pattern.optional()) {
            throw new InvalidRequestException(
                    "files",
                    "'" + pattern + "' matches no file in the workspace " + workspace
                            + found.notes().list().stream()
                                    .map(note -> "; " + note)
                                    .collect(Collectors.joining()));
        }
        List<Path> names = new ArrayList<>();
        for (FileSearch.FoundFile file : found.files()) {
            names.add(file.name());
            if (!files.containsKey(file.name())) {
                files.put(
                        file.name(),
                        new SourceFile(file.name(), file.path(), file.facts().size()));
                bytes += file.facts().size();
                if (!Files.isReadable(file.path())) {
                    problems.add(
                            FileNames.printable(file.name()),
                            "cannot be read: " + FileTrouble.words(new AccessDeniedException("")));
                }
            }
        }
        if (!names.isEmpty()) {
            name(pattern, names);
        }
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
