package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.realcluster.SmallDisks;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Large files that are staged on a file system whose files can share blocks, as {@code filefrag} sees them. */
@Tag("cluster")
@ResourceLock(SmallDisks.LOCK)
class ReflinkTest {
    private static final int SIZE = 32 << 20;

    private Path disk;

    @AfterEach
    void close() throws Exception {
        if (disk != null) {
            SmallDisks.remove(disk);
        }
    }

    @ParameterizedTest
    @CsvSource({"btrfs, true", "xfs, true", "full, false"})
    void aCopySharesItsBlocksUntilItIsWrittenTo(String name, boolean shares) throws Exception {
        disk = SmallDisks.newDirectory(name);
        Path workspace = Files.createDirectory(disk.resolve("workspace"));
        Path shared = Files.createDirectory(disk.resolve("shared"));
        byte[] bytes = new byte[shares ? SIZE : 8 << 18];
        new Random(7).nextBytes(bytes);
        Path original = Files.write(workspace.resolve("large.bin"), bytes);
        JobDirectory directory = new JobDirectory(JobDirectory.root(shared.toString(), "tests"), JobToken.random());
        new LocalHeadNode()
                .stage(new StageRequest(
                        directory,
                        shared.toString(),
                        workspace.toString(),
                        new ArrayList<>(FilePattern.parse("large.bin"))));
        Path copy = Path.of(directory.files(), "large.bin");
        assertArrayEquals(bytes, Files.readAllBytes(copy));
        if (!shares) {
            assertFalse(isShared(copy));
            return;
        }
        assertTrue(isShared(original), () -> extents(original));
        assertTrue(isShared(copy), () -> extents(copy));
        Files.write(copy, new byte[4096], StandardOpenOption.WRITE);
        assertArrayEquals(bytes, Files.readAllBytes(original), "a later write to the copy is its own");
    }

    /** Whether every extent has that flag; the name of the file may have the word, too. */
    private static boolean isShared(Path file) {
        List<String> rows = extents(file)
                .lines()
                .filter(line -> line.matches(" *[0-9]+: .*"))
                .toList();
        return !rows.isEmpty() && rows.stream().allMatch(row -> row.matches(".*[ ,]shared(,.*)?"));
    }

    private static String extents(Path file) {
        try {
            RealCluster.command("sync", file.toString());
            return RealCluster.command("filefrag", "-v", file.toString());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
