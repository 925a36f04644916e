package io.jenkins.plugins.slurmapptainer.engine.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs of a job as they lie in its working directory. Nothing is taken that is outside of it, and nothing that would
 * be written outside of the workspace, whatever links the job has put there.
 */
final class OutputSelection {
    /** More would make the answer, and the list of artifacts, too long for everybody. */
    static final int MAX_FILES = 10_000;

    private static final int MAX_PROBLEMS = 20;

    private final Path from;
    /** {@code null} for a workspace that is on another machine. */
    @CheckForNull
    private final Path to;

    private final Map<String, Output> outputs = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> missing = new ArrayList<>();

    private OutputSelection(Path from, @CheckForNull Path to) {
        this.from = from;
        this.to = to;
    }

    /**
     * One file.
     *
     * @param name relative to the working directory
     * @param source the file itself, no link
     * @param size bytes
     */
    record Output(String name, Path source, long size) {
        /** Whether the workspace is the working directory. */
        boolean isInPlace(Path workspace) throws IOException {
            Path target = workspace.resolve(name);
            return Files.exists(target) && Files.isSameFile(source, target);
        }

        /** Whether the workspace has it, or a copy of the same size and time. */
        boolean isIn(Path workspace) throws IOException {
            Path target = workspace.resolve(name);
            if (!Files.exists(target)) {
                return false;
            }
            if (Files.isSameFile(source, target)) {
                return true;
            }
            BasicFileAttributes a = Files.readAttributes(source, BasicFileAttributes.class);
            BasicFileAttributes b = Files.readAttributes(target, BasicFileAttributes.class);
            return !Files.isSymbolicLink(target)
                    && a.size() == b.size()
                    && a.lastModifiedTime().toMillis() == b.lastModifiedTime().toMillis();
        }
    }

    /**
     * @param from real path of the working directory
     * @param to real path of the workspace, {@code null} if it is on another machine
     */
    static OutputSelection of(Path from, @CheckForNull Path to, List<FilePattern> patterns) throws IOException {
        OutputSelection selection = new OutputSelection(from, to);
        for (FilePattern pattern : patterns) {
            List<Path> found = FileSearch.find(from, pattern);
            if (found.isEmpty() && !pattern.optional()) {
                selection.missing.add(pattern.pattern());
                selection.problem("'" + pattern + "' matches no file in " + from);
            }
            for (Path file : found) {
                selection.take(file);
            }
        }
        return selection;
    }

    /** In the order in which they were found. */
    List<Output> outputs() {
        return List.copyOf(outputs.values());
    }

    List<String> names() {
        return List.copyOf(outputs.keySet());
    }

    /** Of all together. */
    long bytes() {
        return outputs.values().stream().mapToLong(Output::size).sum();
    }

    /** What is missing or refused, in words. */
    List<String> problems() {
        return problems;
    }

    /** The patterns that match nothing although they have to. */
    List<String> missing() {
        return missing;
    }

    /** Those that would be copied, or all. */
    List<Output> counted(boolean inPlaceToo) throws IOException {
        List<Output> counted = new ArrayList<>();
        for (Output output : outputs.values()) {
            if (inPlaceToo || to == null || !output.isInPlace(to)) {
                counted.add(output);
            }
        }
        return counted;
    }

    Path from() {
        return from;
    }

    private void take(Path file) throws IOException {
        String name = file.toString();
        if (outputs.containsKey(name)) {
            return;
        }
        if (outputs.size() >= MAX_FILES) {
            problem("more than " + MAX_FILES + " files; pack them, or name fewer");
            return;
        }
        Path source = from.resolve(file).toRealPath();
        Path workspace = to;
        Path parent = workspace == null ? from : SafePlace.existingParent(workspace, file);
        if (!Printable.of(name).equals(name)) {
            problem("'" + Printable.of(name) + "' has control characters in its name");
        } else if (!source.startsWith(from)) {
            problem("'" + name + "' is a symbolic link that leaves the working directory, to " + source);
        } else if (workspace != null && !parent.startsWith(workspace)) {
            problem("'" + name + "' would be written outside the workspace, to " + parent);
        } else {
            outputs.put(name, new Output(name, source, Files.size(source)));
        }
    }

    private void problem(String text) {
        if (problems.size() < MAX_PROBLEMS && !problems.contains(text)) {
            problems.add(text);
        }
    }
}
