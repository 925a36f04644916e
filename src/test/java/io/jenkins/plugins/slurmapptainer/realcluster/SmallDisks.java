package io.jenkins.plugins.slurmapptainer.realcluster;

import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The small file systems that {@code src/cluster/lib/mounts.sh} mounts; tests that want one are left out where it cannot. */
public final class SmallDisks {
    /** Of JUnit: what one test fills up another one finds full. */
    public static final String LOCK = "small file systems";

    private SmallDisks() {}

    /** A new, empty directory on one of them: {@code full}, {@code btrfs/quota}, {@code btrfs} or {@code xfs}. */
    public static Path newDirectory(String name) throws IOException {
        return newDirectory(System.getenv("MOUNTS_DIR"), name);
    }

    /** @param mounts where they are, {@code null} if this cluster has none */
    public static Path newDirectory(String mounts, String name) throws IOException {
        assumeTrue(mounts != null, "the cluster was not made by src/cluster/cluster, which mounts small file systems");
        Path why = Path.of(mounts, name.substring(name.indexOf('/') + 1) + ".why");
        assumeFalse(Files.exists(why), () -> "cannot be mounted here: " + read(why));
        return Files.createTempDirectory(Path.of(mounts, name), "d");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** Writes a file until nothing more fits. */
    public static Path fill(Path directory) throws IOException {
        Path filler = directory.resolve("filler");
        for (int piece : new int[] {1 << 20, 1 << 12, 1}) {
            try (OutputStream out =
                    Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
                while (true) {
                    out.write(new byte[piece]);
                }
            } catch (IOException e) {
                // Full, for pieces of this size.
            }
        }
        return filler;
    }

    /** Makes room for the next test. */
    public static void remove(Path directory) throws IOException, InterruptedException {
        RealCluster.command("rm", "-rf", directory.toString());
    }
}
