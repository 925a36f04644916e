package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Copies what a job has left into the workspace, with the structure it has in the working directory. All is looked at
 * before anything is copied. What cannot be copied is told, and the others are copied. A file of the same size and time may
 * be the result of an earlier build: only what nobody has written to since the two were copied from each other is not
 * copied again. So the call can be repeated, and attached files cost nothing.
 */
final class OutputFiles {
    private final CollectRequest request;

    OutputFiles(CollectRequest request) {
        this.request = request;
    }

    /** @throws IOException when something is wrong that passes by itself, with numbers; the call may be repeated */
    CollectAnswer copy() throws IOException, InterruptedException {
        if (request.outputs().isEmpty()) {
            return CollectAnswer.NOTHING;
        }
        Enclosure from;
        try {
            from = OutputDirectory.open(request.workingDirectory(), request.fence());
        } catch (OutputDirectory.OutsideException e) {
            return nothing(e.getMessage());
        } catch (NoSuchFileException | NotDirectoryException e) {
            return nothing("there is no directory " + request.workingDirectory() + " any more");
        } catch (IOException e) {
            if (FileTrouble.isPassing(e)) {
                throw e;
            }
            return nothing(request.workingDirectory() + " cannot be read: " + FileTrouble.words(e));
        }
        try (from) {
            return copy(from);
        }
    }

    private CollectAnswer copy(Enclosure from) throws IOException, InterruptedException {
        Path to = null;
        try {
            if (!request.workspace().isEmpty()) {
                to = Files.createDirectories(Path.of(request.workspace())).toRealPath();
            }
        } catch (IOException e) {
            if (FileTrouble.isPassing(e)) {
                throw e;
            }
            return nothing("there is no workspace " + request.workspace() + ": " + FileTrouble.words(e));
        }
        OutputSelection selection = OutputSelection.of(from, to, request.outputs(), submitted());
        Optional<String> excess = OutputExcess.of(selection, request.bounds());
        if (excess.isPresent()) {
            return nothing(excess.get());
        }
        List<OutputSelection.Output> there = to == null ? selection.outputs() : copy(from, selection, to);
        return CollectAnswer.of(
                        there.stream().map(OutputSelection.Output::name).toList(),
                        there.stream().mapToLong(OutputSelection.Output::size).sum(),
                        selection.problems().list())
                .withMissing(selection.missing())
                .withNotes(selection.notes().list());
    }

    @CheckForNull
    private FileTime submitted() {
        try {
            return FileFacts.of(Path.of(request.directory().batchScript())).changed();
        } catch (IOException e) {
            return null;
        }
    }

    private CollectAnswer nothing(String why) {
        return CollectAnswer.of(List.of(), 0, List.of(why))
                .withMissing(
                        request.outputs().stream().map(FilePattern::pattern).toList());
    }

    /** @return those that are in the workspace then */
    private List<OutputSelection.Output> copy(Enclosure from, OutputSelection selection, Path to)
            throws IOException, InterruptedException {
        try (Enclosure workspace = Enclosure.of(to)) {
            return copy(from, selection, workspace);
        }
    }

    private List<OutputSelection.Output> copy(Enclosure from, OutputSelection selection, Enclosure workspace)
            throws IOException, InterruptedException {
        Path to = workspace.path();
        CopiedFiles copied = CopiedFiles.of(request.directory());
        List<OutputSelection.Output> there = new ArrayList<>();
        List<OutputSelection.Output> wanted = new ArrayList<>();
        long bytes = 0;
        for (OutputSelection.Output output : selection.outputs()) {
            if (output.isInPlace(to) || copied.isCopied(output, to.resolve(output.name()))) {
                there.add(output);
            } else {
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
        IOException passing = null;
        try {
            for (OutputSelection.Output output : wanted) {
                Path target = to.resolve(output.name());
                try {
                    SafePlace.below(to, Path.of(output.name()));
                    copied.add(output.name(), new WholeCopy(from, output.source(), n -> {}).replace(workspace, target));
                    there.add(output);
                    done += output.size();
                } catch (IOException e) {
                    if (DiskSpace.isFull(e)) {
                        throw new IOException(
                                "cannot copy " + output.source() + " (" + ByteText.of(output.size()) + ") to " + target
                                        + ": " + DiskSpace.words(e, to) + "; " + ByteText.of(done) + " of "
                                        + ByteText.of(bytes) + " are there",
                                e);
                    }
                    if (FileTrouble.isPassing(e)) {
                        passing = new IOException(
                                "cannot copy " + output.source() + " to " + target + ": " + FileTrouble.words(e), e);
                    } else {
                        selection.problems().add(output.name(), "cannot be copied: " + FileTrouble.words(e));
                    }
                }
            }
        } finally {
            copied.save();
        }
        if (passing != null) {
            throw passing;
        }
        return there;
    }

    private static String count(int files) {
        return files + (files == 1 ? " file" : " files");
    }
}
