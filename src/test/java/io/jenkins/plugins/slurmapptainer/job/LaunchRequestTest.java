package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LaunchRequestTest {
    private static final BindRoots ROOTS = BindRoots.of("main", "allowedBinds", "/scratch/\n\n /data//public ");
    private static final ContainerImage IMAGE = new ContainerImage(
            "p.sif", "/i/p.sif", "", List.of(Bind.parse("/models:/m:ro")), Map.of(), Gpu.NV, List.of());

    private static ContainerImage inImage(Map<LaunchOption, String> values) {
        return LaunchRequest.of(values).inImage(IMAGE, ROOTS);
    }

    private static WorkingDirectory directory(Map<LaunchOption, String> values) {
        return LaunchRequest.of(values).workingDirectory(Optional.of(IMAGE));
    }

    @Test
    void anEmptyRequestChangesNothing() {
        ContainerImage image = inImage(Map.of());
        assertEquals(Gpu.NV, image.gpu());
        assertEquals(IMAGE.binds(), image.binds());
        assertEquals(Set.of(), image.flags());
        assertEquals(List.of(), image.mounts().binds());
        assertEquals(WorkingDirectory.USUAL, directory(Map.of()));
    }

    @Test
    void theBuildsOptionsWinOverTheCatalog() {
        ContainerImage image = inImage(Map.of(
                LaunchOption.BINDS,
                "/scratch\n/data/public/a:/inside:ro",
                LaunchOption.ROCM,
                "true",
                LaunchOption.CONTAINALL,
                "true"));
        assertEquals(Gpu.ROCM, image.gpu());
        assertEquals(Set.of(ContainerFlag.CONTAINALL), image.flags());
        assertEquals(
                List.of("/scratch", "/data/public/a:/inside:ro"),
                image.mounts().binds().stream().map(Bind::toString).toList());
        assertEquals(List.of("/scratch", "/data/public"), image.mounts().roots());
        assertEquals(IMAGE.binds(), image.binds());
    }

    @ParameterizedTest
    @CsvSource({
        "BINDS,/data,/data",
        "BINDS,/scratchy,/scratchy",
        "BINDS,/,/",
        "BINDS,/scratch/../etc,/scratch/../etc",
        "BINDS,scratch,scratch",
        "BINDS,/scratch:/,whole image",
        "BINDS,/scratch:/inside:xx,/scratch:/inside:xx",
        "WORKING_DIRECTORY,/data,/data",
        "WORKING_DIRECTORY,/mm,/mm",
        "WORKING_DIRECTORY,/scratch/../etc,/scratch/../etc",
        "WORKING_DIRECTORY,sub,neither 'job' nor 'workspace'"
    })
    void forbiddenPathsAreRefusedNamingTheParameter(LaunchOption option, String value, String words) {
        InvalidRequestException refusal =
                assertThrows(InvalidRequestException.class, () -> inImage(Map.of(option, value)));
        assertEquals(option.field(), refusal.field());
        assertTrue(refusal.getMessage().contains(words), refusal.getMessage());
    }

    @Test
    void aClusterThatListsNothingSaysWhoCanChangeThat() {
        LaunchRequest request = LaunchRequest.of(Map.of(LaunchOption.BINDS, "/scratch"));
        InvalidRequestException refusal =
                assertThrows(InvalidRequestException.class, () -> request.inImage(IMAGE, BindRoots.none("main")));
        assertEquals(
                "binds: '/scratch' cannot be mounted; cluster main lets builds mount nothing: an administrator can list"
                        + " directories in Manage Jenkins, System",
                refusal.getMessage());
    }

    @Test
    void theRootAllowsEverything() {
        LaunchRequest.of(Map.of(LaunchOption.BINDS, "/etc")).inImage(IMAGE, BindRoots.of("main", "allowedBinds", "/"));
    }

    @Test
    void allowedDirectoriesMustBeAbsolutePaths() {
        assertEquals(
                "allowedBinds",
                assertThrows(InvalidRequestException.class, () -> BindRoots.of("main", "allowedBinds", "scratch"))
                        .field());
    }

    @Test
    void aWorkingDirectoryOfItsOwnIsMounted() {
        Map<LaunchOption, String> values = Map.of(LaunchOption.WORKING_DIRECTORY, "/scratch//run/");
        assertEquals(
                List.of("/scratch/run"),
                inImage(values).mounts().binds().stream().map(Bind::toString).toList());
        assertEquals(
                new WorkingDirectory(WorkingDirectory.Kind.PATH, "/scratch/run", "/scratch/run", "/scratch/run"),
                directory(values));
    }

    @Test
    void aWorkingDirectoryInsideAMountMeansTheMountedDirectory() {
        Map<LaunchOption, String> values = Map.of(
                LaunchOption.BINDS,
                "/scratch/a:/inside\n/scratch/b:/inside",
                LaunchOption.WORKING_DIRECTORY,
                "/inside/run");
        assertEquals(2, inImage(values).mounts().binds().size());
        assertEquals(
                new WorkingDirectory(WorkingDirectory.Kind.PATH, "/scratch/b/run", "/inside/run", "/scratch/b"),
                directory(values));
        // What the catalog mounts needs nobody's leave.
        Map<LaunchOption, String> catalogs = Map.of(LaunchOption.WORKING_DIRECTORY, "/m");
        assertEquals(List.of(), inImage(catalogs).mounts().binds());
        assertEquals("/models", directory(catalogs).host());
        assertEquals("/models", directory(catalogs).mount());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/scratch/x\\:/dst", "/scratch:/in\\:ro", "/scratch/a\\b", "/scratch:/in:ro\\"})
    void apptainersEscapesAreRefused(String bind) {
        assertEquals(
                "binds",
                assertThrows(InvalidRequestException.class, () -> inImage(Map.of(LaunchOption.BINDS, bind)))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/bin",
                "//usr/./bin/",
                "/usr/lib/x86_64-linux-gnu/libc.so.6",
                "/lib64",
                "/usr",
                "/etc",
                "/etc/ld-musl-x86_64.path",
                "/usr/local",
                "/usr/local/lib/python3",
                "/usr/local/cuda-12.4/lib64",
                "/usr/local/nvidia",
                "/nix/store",
                "/.singularity.d/env"
            })
    void programsOfTheImageAreNotReplaced(String destination) {
        InvalidRequestException refusal = assertThrows(
                InvalidRequestException.class, () -> inImage(Map.of(LaunchOption.BINDS, "/scratch:" + destination)));
        assertTrue(refusal.getMessage().contains("would replace programs of the image"), refusal.getMessage());
    }

    @Test
    void aMountMayHaveOneNameOnly() {
        BuildMounts mounts = inImage(Map.of(
                        LaunchOption.BINDS,
                        "/scratch/./a//b/:/inside/.\n/scratch/c:/inside/deep\n/scratch/d:/in//side/"))
                .mounts();
        assertEquals(
                List.of("/scratch/a/b:/inside", "/scratch/c:/inside/deep", "/scratch/d:/in/side"),
                mounts.binds().stream().map(Bind::toString).toList());
    }

    @Test
    void mountsThatALaterOneHidesAreLeftOut() {
        BuildMounts mounts = inImage(Map.of(
                        LaunchOption.BINDS,
                        "/scratch/a:/x/deep\n/scratch/b:/y\n/scratch/c:/x\n/scratch/d:/y\n/scratch/e:/yy"))
                .mounts();
        assertEquals(
                List.of("/scratch/c:/x", "/scratch/d:/y", "/scratch/e:/yy"),
                mounts.seen().stream().map(Bind::toString).toList());
    }

    @ParameterizedTest
    @EnumSource(
            value = LaunchOption.class,
            names = {"BINDS", "CONTAINALL", "WRITABLE_TMPFS", "NV", "ROCM"})
    void onTheHostContainerOptionsAreRefused(LaunchOption option) {
        LaunchRequest request = LaunchRequest.of(Map.of(option, option == LaunchOption.BINDS ? "/scratch" : "true"));
        assertEquals(
                option.field(),
                assertThrows(InvalidRequestException.class, request::onHost).field());
    }

    @Test
    void onTheHostEveryWorkingDirectoryIsAllowed() {
        LaunchRequest request = LaunchRequest.of(Map.of(LaunchOption.WORKING_DIRECTORY, "/etc"));
        request.onHost();
        assertEquals("/etc", request.workingDirectory(Optional.empty()).host());
    }

    /** What is mounted elsewhere in the image is no place for them. */
    @Test
    void outputsMayLieWhereTheImagesEntryMountsTheWorkingDirectory() {
        LaunchRequest inMount = LaunchRequest.of(Map.of(LaunchOption.WORKING_DIRECTORY, "/m/sub"));
        assertEquals(List.of("/scratch", "/data/public", "/models"), inMount.outputRoots(Optional.of(IMAGE), ROOTS));
        assertEquals(List.of("/scratch", "/data/public"), inMount.outputRoots(Optional.empty(), ROOTS));
        LaunchRequest beside = LaunchRequest.of(Map.of(LaunchOption.WORKING_DIRECTORY, "/scratch/x"));
        assertEquals(List.of("/scratch", "/data/public"), beside.outputRoots(Optional.of(IMAGE), ROOTS));
    }

    @Test
    void theDriversOfBothMakersAreRefused() {
        assertEquals(
                "rocm",
                assertThrows(
                                InvalidRequestException.class,
                                () -> LaunchRequest.of(Map.of(LaunchOption.NV, "true", LaunchOption.ROCM, "true")))
                        .field());
    }
}
