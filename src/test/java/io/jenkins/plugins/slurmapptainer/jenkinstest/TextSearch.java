package io.jenkins.plugins.slurmapptainer.jenkinstest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Where a text stands on disk, in clear. Files may come and go meanwhile. */
public final class TextSearch extends SimpleFileVisitor<Path> {
    private final String text;
    private final List<Path> found = new ArrayList<>();
    private int looked;

    private TextSearch(String text) {
        this.text = text;
    }

    /** The files below a directory that have the text; there are some files, or this shows nothing. */
    public static List<Path> filesWith(Path directory, String text) throws IOException {
        TextSearch search = new TextSearch(text);
        Files.walkFileTree(directory, search);
        if (search.looked == 0) {
            throw new IOException("no files in " + directory);
        }
        return search.found;
    }

    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
        try {
            if (Files.readString(file, StandardCharsets.ISO_8859_1).contains(text)) {
                found.add(file);
            }
            looked++;
        } catch (NoSuchFileException e) {
            return visitFileFailed(file, e);
        }
        return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
        if (e instanceof NoSuchFileException) {
            return FileVisitResult.CONTINUE;
        }
        throw e;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, IOException e) throws IOException {
        return e instanceof NoSuchFileException ? FileVisitResult.CONTINUE : super.postVisitDirectory(directory, e);
    }
}
