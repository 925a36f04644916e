package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.Selection;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Selects the files that a job requests from a workspace on this machine, which is no head node. Safe for several
 * threads.
 */
public final class LocalSelection {
    private LocalSelection() {}

    /**
     * Finds the files.
     *
     * @param directory where the files will be
     * @throws InvalidRequestException for the same reasons as staging
     */
    public static Selection of(String workspace, List<FilePattern> patterns, String directory) throws IOException {
        if (!Files.isDirectory(Path.of(workspace))) {
            throw new InvalidRequestException(
                    "files", "'" + patterns.get(0) + "' matches no file, there is no workspace " + workspace + " yet");
        }
        FileSelection selection;
        try (Enclosure from = Enclosure.of(Path.of(workspace))) {
            selection = FileSelection.of(from, patterns);
        }
        ArrayList<String> names = new ArrayList<>();
        selection.files().forEach(file -> names.add(file.name().toString()));
        return new Selection(names, selection.exports(Path.of(directory)), selection.bytes(), selection.notes());
    }
}
