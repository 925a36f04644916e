package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.engine.ByteText;
import io.jenkins.plugins.slurmapptainer.engine.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.engine.CollectRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies what a job has left into the workspace, with the structure it has in the working directory. All is looked at
 * before anything is copied. What is there already, of the same size and time, is not copied again: so the call can be
 * repeated, and attached files cost nothing.
 */
final class OutputFiles {
    private final CollectRequest request;

    OutputFiles(CollectRequest request) {
        this.request = request;
    }

    /** @throws IOException when they do not fit into the workspace, with numbers; the call may be repeated */
    CollectAnswer copy() throws IOException {
        if (request.outputs().isEmpty()) {
            return CollectAnswer.NOTHING;
        }
        Path directory = Path.of(request.workingDirectory());
        if (!Files.isDirectory(directory)) {
            return nothing("there is no directory " + directory + " any more");
        }
        Path to = request.workspace().isEmpty()
                ? null
                : Files.createDirectories(Path.of(request.workspace())).toRealPath();
        OutputSelection selection = OutputSelection.of(directory.toRealPath(), to, request.outputs());
        Optional<String> excess = OutputExcess.of(selection, request.bounds());
        if (excess.isPresent()) {
            return nothing(excess.get());
        }
        if (to != null) {
            copy(selection, to);
        }
        return CollectAnswer.of(selection.names(), selection.bytes(), selection.problems())
                .withMissing(selection.missing());
    }

    private CollectAnswer nothing(String why) {
        return CollectAnswer.of(List.of(), 0, List.of(why))
                .withMissing(
                        request.outputs().stream().map(FilePattern::pattern).toList());
    }

    private static void copy(OutputSelection selection, Path to) throws IOException {
        List<OutputSelection.Output> wanted = new ArrayList<>();
        long bytes = 0;
        for (OutputSelection.Output output : selection.outputs()) {
            if (!output.isIn(to)) {
                wanted.add(output);
                bytes += output.size();
            }
        }
        FileStore store = Files.getFileStore(to);
        if (bytes > store.getUsableSpace()) {
            throw new IOException("no space left: " + count(wanted.size()) + " of " + ByteText.of(bytes)
                    + " do not fit into " + to + ", where " + DiskSpace.free(store));
        }
        long done = 0;
        for (OutputSelection.Output output : wanted) {
            try {
                copy(output.source(), to.resolve(output.name()));
            } catch (IOException e) {
                String why = DiskSpace.isFull(e)
                        ? DiskSpace.words(e, to)
                        : e.getMessage() + ", where " + DiskSpace.free(store);
                throw new IOException(
                        "cannot copy " + output.source() + " (" + ByteText.of(output.size()) + ") to "
                                + to.resolve(output.name()) + ": " + why + "; " + ByteText.of(done) + " of "
                                + ByteText.of(bytes) + " are there",
                        e);
            }
            done += output.size();
        }
    }

    private static String count(int files) {
        return files + (files == 1 ? " file" : " files");
    }

    private static void copy(Path source, Path target) throws IOException {
        Files.createDirectories(target.resolveSibling(""));
        // A link with the target's name is replaced, not followed; and nobody sees half a file.
        Path temporary = target.resolveSibling("." + target.getFileName() + ".slurm");
        try {
            Files.copy(source, temporary, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(temporary);
            throw e;
        }
    }
}
