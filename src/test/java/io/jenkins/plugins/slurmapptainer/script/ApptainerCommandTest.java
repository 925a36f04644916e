package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.BuildMounts;
import io.jenkins.plugins.slurmapptainer.job.ContainerFlag;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApptainerCommandTest {
    private static final ContainerImage IMAGE = new ContainerImage("p.sif", "/i/p.sif");

    @Test
    void theImagesSettingsAreUsed() {
        ContainerImage image = new ContainerImage(
                "p.sif",
                "/i/p.sif",
                "",
                List.of(Bind.parse("/data"), Bind.parse("/a b:/x:ro"), new Bind("/c:d", "/e\"f", true)),
                Map.of(),
                Gpu.ROCM,
                List.of());
        List<String> argv = ApptainerCommand.exec("apptainer", image, Directories.of("/w"));
        assertEquals(
                List.of(
                        "--rocm",
                        "--bind",
                        "/data",
                        "--bind",
                        "/a b:/x:ro",
                        "--mount",
                        "type=bind,\"source=/c:d\",\"destination=/e\"\"f\",ro",
                        "--bind",
                        "/w"),
                argv.subList(argv.indexOf("--rocm"), argv.indexOf("--pwd")));
    }

    @Test
    void theNodesEnvironmentStaysOutside() {
        List<String> argv = ApptainerCommand.exec("apptainer", IMAGE, Directories.of("/w"));
        assertEquals(List.of("apptainer", "exec"), argv.subList(0, 2));
        assertTrue(argv.containsAll(List.of("--cleanenv", "--no-eval")), argv.toString());
        assertEquals("/w", argv.get(argv.indexOf("--pwd") + 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/w|--bind|/w",
                "/a b'$x%j ü|--bind|/a b'$x%j ü",
                "/a,b|--mount|type=bind,\"source=/a,b\",\"destination=/a,b\"",
                "/a:b|--mount|type=bind,\"source=/a:b\",\"destination=/a:b\"",
                "/a\\b|--mount|type=bind,\"source=/a\\b\",\"destination=/a\\b\"",
                "/a\"b|--mount|type=bind,\"source=/a\"\"b\",\"destination=/a\"\"b\""
            })
    void commasColonsAndQuotesInAPathAreKept(String directory, String option, String value) {
        List<String> argv = ApptainerCommand.exec("apptainer", IMAGE, Directories.of(directory));
        assertEquals(value, argv.get(argv.indexOf(option) + 1));
    }

    @Test
    void theBuildsSettingsAreUsedToo() {
        ContainerImage image = new ContainerImage(
                "p.sif",
                "/i/p.sif",
                "",
                List.of(Bind.parse("/data")),
                Map.of(),
                Gpu.NV,
                List.of(),
                EnumSet.of(ContainerFlag.CONTAINALL, ContainerFlag.WRITABLE_TMPFS),
                new BuildMounts(List.of(Bind.parse("/scratch:/inside")), List.of("/scratch")));
        List<String> argv = ApptainerCommand.exec(
                "apptainer", image, new Directories("/files", "/scratch/run", "/inside/run", "/scratch", List.of()));
        assertEquals(
                List.of("--nv", "--containall", "--writable-tmpfs", "--bind", "/data", "--pwd", "/inside/run"),
                argv.subList(argv.indexOf("--nv"), argv.size()));
    }

    @Test
    void aSeparateWorkingDirectoryIsBoundToo() {
        List<String> argv = ApptainerCommand.exec("apptainer", IMAGE, Directories.of("/files", "/w"));
        assertEquals(
                List.of("--bind", "/files", "--bind", "/w", "--pwd", "/w"),
                argv.subList(argv.indexOf("--bind"), argv.size()));
    }

    @Test
    void aWorkingDirectoryInAMountIsNotMountedAgain() {
        List<String> argv = ApptainerCommand.exec(
                "apptainer", IMAGE, new Directories("/files", "/data/sub", "/data/sub", "/data", List.of()));
        assertEquals(
                List.of("--bind", "/files", "--pwd", "/data/sub"), argv.subList(argv.indexOf("--bind"), argv.size()));
    }
}
