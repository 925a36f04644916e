package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.fuzz.FuzzTarget;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Readers of what comes from other machines. */
public final class LocalFuzzTargets {
    private LocalFuzzTargets() {}

    public static List<FuzzTarget> all() throws IOException {
        return List.of(new FuzzTarget(
                "tar",
                List.of(archive(), archive("a.txt"), archive("a.txt", "b/c.txt")),
                List.of(IOException.class),
                LocalFuzzTargets::tar));
    }

    private static byte[] archive(String... names) throws IOException {
        Path folder = Files.createTempDirectory("fuzz");
        try {
            for (String name : names) {
                Files.createDirectories(folder.resolve(name).getParent());
                Files.writeString(folder.resolve(name), "content of " + name);
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            FileArchive.write(SendRequest.ofWorkspace(folder.toString(), new ArrayList<>(List.of(names)), 0), bytes);
            return bytes.toByteArray();
        } catch (InterruptedException e) {
            throw new IOException(e);
        } finally {
            remove(folder);
        }
    }

    /** Nothing appears beside the directory, whatever the archive says. */
    private static void tar(byte[] input) throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("fuzz");
        try {
            Path inside = Files.createDirectory(folder.resolve("inside"));
            try {
                FileArchive.read(
                        new ReceiveRequest(inside.toString(), false, 2, 1_000), new ByteArrayInputStream(input));
            } finally {
                try (Stream<Path> there = Files.list(folder)) {
                    assertEquals(List.of(inside), there.toList());
                }
            }
        } finally {
            remove(folder);
        }
    }

    private static void remove(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }
}
