package io.jenkins.plugins.slurmapptainer.build;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** An {@code .hpi} file: what is in it, and what is in the plugin's own library in it. Folders count for nothing. */
final class PluginArchive {
    private static final String LIBRARY = "WEB-INF/lib/slurm-apptainer.jar";
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private final Map<String, byte[]> files;
    private final Map<String, byte[]> library;

    PluginArchive(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            files = read(in);
        }
        library = read(new ByteArrayInputStream(get(files, LIBRARY)));
    }

    /** Names and contents. */
    Map<String, byte[]> files() {
        return files;
    }

    Map<String, byte[]> library() {
        return library;
    }

    /** The main attributes of the archive, by name. */
    Map<String, String> manifest() throws IOException {
        return attributes(get(files, MANIFEST));
    }

    /** Those of the library. */
    Map<String, String> libraryManifest() throws IOException {
        return attributes(get(library, MANIFEST));
    }

    private static Map<String, String> attributes(byte[] content) throws IOException {
        Map<String, String> attributes = new TreeMap<>();
        new Manifest(new ByteArrayInputStream(content))
                .getMainAttributes()
                .forEach((name, value) -> attributes.put(name.toString(), value.toString()));
        return attributes;
    }

    private static byte[] get(Map<String, byte[]> from, String name) {
        byte[] content = from.get(name);
        if (content == null) {
            throw new NoSuchElementException(name + " is not among " + from.keySet());
        }
        return content;
    }

    private static Map<String, byte[]> read(InputStream in) throws IOException {
        Map<String, byte[]> found = new TreeMap<>();
        ZipInputStream zip = new ZipInputStream(in);
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (!entry.isDirectory()) {
                found.put(entry.getName(), zip.readAllBytes());
            }
        }
        return found;
    }
}
