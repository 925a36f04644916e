package io.jenkins.plugins.slurmapptainer.engine.local;

import io.jenkins.plugins.slurmapptainer.engine.StageAnswer;
import io.jenkins.plugins.slurmapptainer.engine.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.script.Export;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Puts the files that a job asks for below its directory, with the structure they have in the workspace, and names
 * them. A workspace below the shared directory is used in place.
 */
final class FileStaging {
    /** Files found by a wildcard get variables of their own up to this number; the environment of a process is finite. */
    private static final int MAX_OWN_VARIABLES = 100;

    private final StageRequest request;
    private final VariableNames variables = new VariableNames();
    private final Set<Path> staged = new LinkedHashSet<>();
    private long bytes;

    FileStaging(StageRequest request) {
        this.request = request;
    }

    StageAnswer stage() throws IOException {
        Path directory = Path.of(request.directory().files());
        SmallFiles.createPrivateDirectory(directory);
        if (request.patterns().isEmpty()) {
            boolean inPlace = !request.workspace().isEmpty()
                    && Files.isDirectory(Path.of(request.workspace()))
                    && isShared(Path.of(request.workspace()).toRealPath());
            return inPlace ? answer(Path.of(request.workspace()).toRealPath(), false) : answer(directory, true);
        }
        if (request.workspace().isEmpty()) {
            throw new InvalidRequestException("files", "there is no workspace here; put the step into a node block");
        }
        if (!Files.isDirectory(Path.of(request.workspace()))) {
            throw new InvalidRequestException(
                    "files",
                    "'" + request.patterns().get(0) + "' matches no file, there is no workspace " + request.workspace()
                            + " on the head node yet");
        }
        Path workspace = Path.of(request.workspace()).toRealPath();
        boolean inPlace = isShared(workspace);
        Path target = inPlace ? workspace : directory;
        for (FilePattern pattern : request.patterns()) {
            List<Path> files = find(workspace, pattern);
            for (Path file : files) {
                use(workspace, file, target, !inPlace);
            }
            name(pattern, files, target);
        }
        return answer(target, !inPlace);
    }

    private boolean isShared(Path workspace) throws IOException {
        return workspace.startsWith(Path.of(request.sharedDirectory()).toRealPath());
    }

    private StageAnswer answer(Path workingDirectory, boolean copied) {
        ArrayList<Export> exports = new ArrayList<>();
        variables.values().forEach((name, path) -> exports.add(new Export(name, path)));
        exports.add(new Export("FILES_DIR", workingDirectory.toString()));
        return new StageAnswer(workingDirectory.toString(), exports, staged.size(), bytes, copied);
    }

    private static List<Path> find(Path workspace, FilePattern pattern) {
        List<Path> found = FileSearch.find(workspace, pattern);
        if (found.isEmpty()) {
            throw new InvalidRequestException(
                    "files", "'" + pattern + "' matches no file in the workspace " + workspace);
        }
        return found;
    }

    private void use(Path workspace, Path relative, Path target, boolean copy) throws IOException {
        Path source = workspace.resolve(relative).toRealPath();
        if (!source.startsWith(workspace)) {
            throw new InvalidRequestException(
                    "files", "'" + relative + "' is a symbolic link that leaves the workspace, to " + source);
        }
        if (!staged.add(relative)) {
            return;
        }
        bytes += Files.size(source);
        if (copy) {
            Path copied = target.resolve(relative);
            Files.createDirectories(copied.resolveSibling(""));
            Files.copy(source, copied, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private void name(FilePattern pattern, List<Path> files, Path target) {
        if (!pattern.name().isEmpty()) {
            if (pattern.isWild() && files.size() > 1) {
                throw new InvalidRequestException(
                        "files",
                        "'" + pattern + "' matches " + files.size()
                                + " files; a name needs exactly one file or a directory");
            }
            Path named = pattern.isWild() ? files.get(0) : Path.of(pattern.pattern());
            variables.addNamed(pattern.name(), target.resolve(named).toString());
        } else if (files.size() <= MAX_OWN_VARIABLES) {
            for (Path file : files) {
                variables.addOwn(file.toString(), target.resolve(file).toString());
            }
        }
    }
}
