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
 * Copies the outputs of a job into the workspace, with the structure that they have in the working directory. All of
 * them are examined before any is copied. If one cannot be copied, that is reported and the others are copied. Size and
 * time are not enough to skip a file, because an earlier build may have left it. A file is skipped only if it was
 * copied before and neither file has been written to since. So the call can be repeated, and attached files cost
 * nothing.
 */
final class OutputFiles {
    private final CollectRequest request;

    OutputFiles(CollectRequest request) {
        this.request = request;
    }

    /** @throws IOException when a problem is temporary; the message has numbers, and the call may be repeated */
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

    /** @return the files that are in the workspace then */
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
