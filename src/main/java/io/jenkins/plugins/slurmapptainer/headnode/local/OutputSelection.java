package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The outputs of a job in its working directory. Nothing outside of it is read, and nothing is written outside of the
 * workspace, whatever links the job has made. A problem belongs to one file.
 */
final class OutputSelection {
    /** More files would make the answer and the list of artifacts too long. */
    static final int MAX_FILES = 10_000;

    private final Path from;
    /** {@code null} for a workspace on another machine. */
    @CheckForNull
    private final Path to;

    @CheckForNull
    private final FileTime submitted;

    private final Map<String, Output> outputs = new LinkedHashMap<>();
    private final Problems problems = new Problems();
    private final Problems notes = new Problems();
    private final List<String> missing = new ArrayList<>();

    private OutputSelection(Path from, @CheckForNull Path to, @CheckForNull FileTime submitted) {
        this.from = from;
        this.to = to;
        this.submitted = submitted;
    }

    /**
     * One file.
     *
     * @param name relative to the working directory
     * @param source the file itself, no link
     * @param facts of the source
     */
    record Output(String name, Path source, FileFacts facts) {
        long size() {
            return facts.size();
        }

        /** Whether the workspace is the working directory. */
        boolean isInPlace(Path workspace) throws IOException {
            Path target = workspace.resolve(name);
            return Files.exists(target) && Files.isSameFile(source, target);
        }
    }

    /**
     * @param within the working directory
     * @param to real path of the workspace, {@code null} if it is on another machine
     * @param submitted when the job was submitted, by the clock of the shared file system; {@code null} if that is not
     *     known
     * @throws IOException when a problem is temporary
     */
    static OutputSelection of(
            Enclosure within, @CheckForNull Path to, List<FilePattern> patterns, @CheckForNull FileTime submitted)
            throws IOException {
        // If the job works in the workspace, it also sees what an earlier build has left there.
        Path from = within.path();
        OutputSelection selection = new OutputSelection(from, to, from.equals(to) ? submitted : null);
        FileSearch search = new FileSearch(within, "working directory", MAX_FILES);
        for (FilePattern pattern : patterns) {
            selection.add(pattern, search.find(pattern));
        }
        return selection;
    }

    /** The outputs in the order in which they were found. */
    List<Output> outputs() {
        return List.copyOf(outputs.values());
    }

    /** What is missing or refused, in words. */
    Problems problems() {
        return problems;
    }

    /** What was left out without harm, in words. */
    Problems notes() {
        return notes;
    }

    /** The patterns that must match a file but match none. */
    List<String> missing() {
        return missing;
    }

    /** The outputs that would be copied, or all outputs. */
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

    private void add(FilePattern pattern, FileSearch.Found found) throws IOException {
        problems.addAll(found.problems());
        notes.addAll(found.notes());
        if (found.files().isEmpty() && !pattern.optional()) {
            missing.add(pattern.pattern());
            if (found.problems().isEmpty()) {
                problems.add("'" + pattern + "' matches no file in " + from);
            }
        }
        if (areOlder(found.files())) {
            notes.add("'" + pattern
                    + "' matches only files that were there before the job, and the job has not changed them");
        }
        for (FileSearch.FoundFile file : found.files()) {
            try {
                take(file);
            } catch (IOException e) {
                if (FileTrouble.isPassing(e)) {
                    throw e;
                }
                problems.add(FileNames.printable(file.name()), "cannot be copied: " + FileTrouble.words(e));
            }
        }
    }

    private boolean areOlder(List<FileSearch.FoundFile> files) {
        FileTime limit = submitted;
        return limit != null
                && !files.isEmpty()
                && files.stream().allMatch(file -> file.facts().changed().compareTo(limit) < 0);
    }

    private void take(FileSearch.FoundFile file) throws IOException {
        String name = file.name().toString();
        if (outputs.containsKey(name)) {
            return;
        }
        if (outputs.size() >= MAX_FILES) {
            problems.add("more than " + MAX_FILES + " files; pack them, or name fewer");
            return;
        }
        Path workspace = to;
        Path parent = workspace == null ? from : SafePlace.existingParent(workspace, file.name());
        if (!Printable.isPlain(name)) {
            problems.add(Printable.of(name), "has control characters in its name");
        } else if (workspace != null && !parent.startsWith(workspace)) {
            problems.add(name, "would be written outside the workspace, to " + parent);
        } else {
            outputs.put(name, new Output(name, file.path(), file.facts()));
        }
    }
}
