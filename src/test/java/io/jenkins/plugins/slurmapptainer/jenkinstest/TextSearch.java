package io.jenkins.plugins.slurmapptainer.jenkinstest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Where a text stands on disk, in clear. */
public final class TextSearch {
    private TextSearch() {}

    /** The files below a directory that have the text; there are some files, or this shows nothing. */
    public static List<Path> filesWith(Path directory, String text) throws IOException {
        List<Path> found = new ArrayList<>();
        int looked = 0;
        try (Stream<Path> tree = Files.walk(directory)) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                try {
                    if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                        found.add(file);
                    }
                    looked++;
                } catch (NoSuchFileException e) {
                    looked += 0; // removed meanwhile
                }
            }
        }
        if (looked == 0) {
            throw new IOException("no files in " + directory);
        }
        return found;
    }
}
