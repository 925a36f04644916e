package io.jenkins.plugins.slurmapptainer.engine.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.engine.CollectRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Copies what a job has left into the workspace, with the structure it has in the working directory. Nothing is read
 * outside the one and nothing written outside the other, whatever links the job has put there. What is there already, of
 * the same size and time, is not copied again: so the call can be repeated, and attached files cost nothing.
 */
final class OutputFiles {
    /** More would make the answer, and the list of artifacts, too long for everybody. */
    private static final int MAX_FILES = 10_000;

    private static final int MAX_PROBLEMS = 20;

    private final CollectRequest request;
    private final Set<String> files = new LinkedHashSet<>();
    private final List<String> problems = new ArrayList<>();
    private long bytes;

    OutputFiles(CollectRequest request) {
        this.request = request;
    }

    CollectAnswer copy() throws IOException {
        if (request.outputs().isEmpty()) {
            return CollectAnswer.NOTHING;
        }
        Path directory = Path.of(request.workingDirectory());
        if (!Files.isDirectory(directory)) {
            return CollectAnswer.of(List.of(), 0, List.of("there is no directory " + directory + " any more"));
        }
        Path from = directory.toRealPath();
        Path to = request.workspace().isEmpty()
                ? null
                : Files.createDirectories(Path.of(request.workspace())).toRealPath();
        for (FilePattern pattern : request.outputs()) {
            List<Path> found = FileSearch.find(from, pattern);
            if (found.isEmpty()) {
                problem("'" + pattern + "' matches no file in " + from);
            }
            for (Path file : found) {
                take(from, file, to);
            }
        }
        return CollectAnswer.of(new ArrayList<>(files), bytes, problems);
    }

    private void take(Path from, Path file, @CheckForNull Path to) throws IOException {
        String name = file.toString();
        if (files.contains(name)) {
            return;
        }
        if (files.size() >= MAX_FILES) {
            problem("more than " + MAX_FILES + " files; pack them, or name fewer");
            return;
        }
        Path source = from.resolve(file).toRealPath();
        boolean here = to != null;
        Path parent = here ? SafePlace.existingParent(to, file) : from;
        if (!Printable.of(name).equals(name)) {
            problem("'" + Printable.of(name) + "' has control characters in its name");
        } else if (!source.startsWith(from)) {
            problem("'" + name + "' is a symbolic link that leaves the working directory, to " + source);
        } else if (here && !parent.startsWith(to)) {
            problem("'" + name + "' would be written outside the workspace, to " + parent);
        } else {
            if (here) {
                copy(source, to.resolve(file));
            }
            files.add(name);
            bytes += Files.size(source);
        }
    }

    private void copy(Path source, Path target) throws IOException {
        if (isSame(source, target)) {
            return;
        }
        Path directory = Files.createDirectories(target.resolveSibling(""));
        // A link with the target's name is replaced, not followed; and nobody sees half a file.
        Path temporary = target.resolveSibling("." + target.getFileName() + ".slurm");
        try {
            Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw new IOException(
                    "cannot copy " + source + " (" + Files.size(source) + " bytes) to " + target + ", where "
                            + Files.getFileStore(directory).getUsableSpace() + " bytes are free: "
                            + e.getMessage(),
                    e);
        }
    }

    private static boolean isSame(Path source, Path target) throws IOException {
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

    private void problem(String text) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(text);
        }
    }
}
