package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.function.Consumer;

/**
 * Copies the files that a job requests into its directory, with the structure that they have in the workspace, and
 * names them. A workspace below the shared directory is used in place. If staging fails, nothing is left.
 */
final class FileStaging {
    private final StageRequest request;
    private final Consumer<String> progress;
    private final Path directory;

    FileStaging(StageRequest request, Consumer<String> progress) {
        this.request = request;
        this.progress = progress;
        directory = Path.of(request.directory().files());
    }

    StageAnswer stage() throws IOException, InterruptedException {
        new JobStore(request.directory().root())
                .createDirectory(request.directory().files());
        if (request.patterns().isEmpty()) {
            return withoutFiles();
        }
        if (request.workspace().isEmpty()) {
            throw new InvalidRequestException("files", "there is no workspace here; put the step into a node block");
        }
        try {
            return withFiles();
        } catch (InvalidPathException e) {
            throw new InvalidRequestException("files", "'" + Printable.of(e.getInput()) + "' " + FileNames.words(e));
        }
    }

    private StageAnswer withoutFiles() throws IOException {
        boolean inPlace = !request.workspace().isEmpty() && isShared(existing(Path.of(request.workspace())));
        // A Pipeline may not have needed its workspace before this step, so it may not exist yet.
        Path there =
                inPlace ? Files.createDirectories(Path.of(request.workspace())).toRealPath() : directory;
        return new StageAnswer(there.toString(), filesDirectory(new ArrayList<>(), there), 0, 0, !inPlace);
    }

    private StageAnswer withFiles() throws IOException, InterruptedException {
        if (!Files.isDirectory(Path.of(request.workspace()))) {
            throw new InvalidRequestException(
                    "files",
                    "'" + request.patterns().get(0) + "' matches no file, there is no workspace " + request.workspace()
                            + " on the head node yet");
        }
        try (Enclosure from = Enclosure.of(Path.of(request.workspace()))) {
            return withFiles(from);
        }
    }

    private StageAnswer withFiles(Enclosure from) throws IOException, InterruptedException {
        Path workspace = from.path();
        FileSelection selection = FileSelection.of(from, request.patterns());
        boolean inPlace = isShared(workspace);
        Path there = inPlace ? workspace : directory;
        if (!inPlace) {
            copy(from, selection);
        }
        if (request.checksums()) {
            new Checksums(selection, there).write(Path.of(request.directory().checksums()));
        }
        return new StageAnswer(
                there.toString(),
                filesDirectory(selection.exports(there), there),
                selection.files().size(),
                selection.bytes(),
                !inPlace,
                selection.notes());
    }

    private static ArrayList<Export> filesDirectory(ArrayList<Export> exports, Path there) {
        exports.add(new Export("FILES_DIR", there.toString()));
        return exports;
    }

    /** The real path of the part of a path that exists. */
    private static Path existing(Path path) throws IOException {
        Path there = path.toAbsolutePath().normalize();
        for (Path above = there.getParent(); above != null && Files.notExists(there); above = above.getParent()) {
            there = above;
        }
        return there.toRealPath();
    }

    private boolean isShared(Path workspace) throws IOException {
        return workspace.startsWith(Path.of(request.sharedDirectory()).toRealPath());
    }

    private void copy(Enclosure from, FileSelection selection) throws IOException, InterruptedException {
        int number = selection.files().size();
        // Removes what an interrupted call has left.
        SmallFiles.deleteTree(directory);
        SmallFiles.createPrivateDirectory(directory);
        FileStore store = Files.getFileStore(directory);
        if (store.getUsableSpace() < selection.bytes()) {
            throw new InvalidRequestException(
                    "files",
                    number + (number == 1 ? " file of " : " files of ") + ByteText.of(selection.bytes())
                            + " do not fit into " + directory + ", where " + DiskSpace.free(store) + "; "
                            + DiskSpace.REMEDY);
        }
        CopyProgress done = new CopyProgress(number, selection.bytes(), progress, () -> System.nanoTime() / 1_000_000);
        boolean complete = false;
        try (Enclosure to = Enclosure.of(directory)) {
            CopiedFiles copied = CopiedFiles.none(request.directory());
            new FileCopy(from, selection, to, done, copied).copy();
            if (number <= OutputSelection.MAX_FILES) {
                copied.save();
            }
            complete = true;
        } catch (IOException e) {
            if (FileTrouble.isPassing(e) && !DiskSpace.isFull(e)) {
                throw e;
            }
            String where = done.text() + " had been copied to " + directory + " when it failed; "
                    + DiskSpace.free(store) + " there";
            throw new InvalidRequestException(
                    "files",
                    Printable.of(String.valueOf(e.getMessage())) + "; " + where
                            + (DiskSpace.isFull(e)
                                    ? ", and the user's quota may be used up (quota -s); " + DiskSpace.REMEDY
                                    : ""));
        } finally {
            if (!complete) {
                SmallFiles.deleteTree(directory);
            }
        }
    }
}
