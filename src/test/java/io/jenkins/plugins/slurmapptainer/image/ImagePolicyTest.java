package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImagePolicyTest {
    private static final ImageList CATALOG = ImageList.of(List.of(
            ImageRecord.ofPath("python_3.11", "/i/python_3.11.sif"),
            ImageRecord.ofPath("secret", "/i/secret.sif")
                    .with(new ImageNotes("", List.of(), ImageState.HIDDEN, "", NamePatterns.of("")))));
    private static final ImagePolicy ROOTS = new ImagePolicy(ImagePolicy.Kind.ROOTS, List.of("/home", "/scratch"));
    private static final ImagePolicy ANY = new ImagePolicy(ImagePolicy.Kind.ANY, List.of());

    @Test
    void everyPolicyAllowsTheCatalog() {
        for (ImagePolicy policy : List.of(ImagePolicy.CATALOG_ONLY, ROOTS, ANY)) {
            assertEquals("python_3.11", policy.find(CATALOG, "python").id());
            assertEquals(
                    "python_3.11", policy.find(CATALOG, "/i/python_3.11.sif").id());
            assertThrows(
                    InvalidRequestException.class, () -> policy.find(CATALOG, "/i/secret.sif"), "hidden stays hidden");
        }
    }

    @Test
    void aPathIsAllowedBelowTheRootsOnly() {
        assertEquals("/home/u/x_1.sif", ROOTS.find(CATALOG, "/home/u/x_1.sif").path());
        assertEquals("x_1", ROOTS.find(CATALOG, "/home/u/x_1.sif").id());
        assertEquals(
                "image: '/homes/x.sif' is not below /home or /scratch",
                assertThrows(InvalidRequestException.class, () -> ROOTS.find(CATALOG, "/homes/x.sif"))
                        .getMessage());
        assertTrue(assertThrows(
                        InvalidRequestException.class, () -> ImagePolicy.CATALOG_ONLY.find(CATALOG, "/home/u/x.sif"))
                .getMessage()
                .contains("paths are not allowed here"));
    }

    @ParameterizedTest
    @CsvSource({"/home/../etc/x.sif", "/home/u/..", "/home/u/", "'/home/u/a\nb'"})
    void noPolicyAllowsAnOddPath(String path) {
        assertThrows(InvalidRequestException.class, () -> ROOTS.find(CATALOG, path));
        assertThrows(InvalidRequestException.class, () -> ANY.find(CATALOG, path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/i/./secret.sif", "//i/secret.sif", "/i//././secret.sif", "/./i/secret.sif"})
    void aPathThatIsWrittenDifferentlyStillMeansTheEntry(String path) {
        assertThrows(InvalidRequestException.class, () -> ANY.find(CATALOG, path), "hidden stays hidden");
        assertEquals(
                "python_3.11",
                ANY.find(CATALOG, path.replace("secret", "python_3.11")).id());
        ImageList written = ImageList.of(List.of(ImageRecord.ofPath("x", path)));
        assertEquals("x", ANY.find(written, "/i/secret.sif").id());
    }

    @Test
    void policyAnyAllowsEveryFile() {
        assertEquals("/x.sif", ANY.find(CATALOG, "/x.sif").path());
        assertThrows(InvalidRequestException.class, () -> ANY.find(CATALOG, "ftp://alpine"));
    }

    @Test
    void policyAnyAllowsImagesOfRegistries() {
        ImageRecord image = ANY.find(CATALOG, "docker://alpine:3");
        assertEquals("alpine_3", image.id());
        assertEquals(new RegistrySource("docker://alpine:3", "", false), image.source());
        assertThrows(InvalidRequestException.class, () -> ANY.find(CATALOG, "docker://--help"));
        for (ImagePolicy policy : List.of(ImagePolicy.CATALOG_ONLY, ROOTS)) {
            assertEquals(
                    "image: images of registries are not allowed here unless the catalog has them; write the id of an"
                            + " image of the catalog",
                    assertThrows(InvalidRequestException.class, () -> policy.find(CATALOG, "docker://alpine:3"))
                            .getMessage());
        }
        ImageList catalog = ImageList.of(List.of(ImageRecord.ofPath("alpine", "docker://alpine:3")));
        assertEquals(
                "alpine",
                ImagePolicy.CATALOG_ONLY.find(catalog, "docker://alpine:3").id());
    }

    @Test
    void twoPoliciesAllowWhatBothAllow() {
        ImagePolicy scratch = new ImagePolicy(ImagePolicy.Kind.ROOTS, List.of("/scratch/team", "/data"));
        assertEquals(ROOTS, ROOTS.and(ANY));
        assertEquals(ROOTS, ANY.and(ROOTS));
        assertEquals(ANY, ANY.and(ImagePolicy.ANYTHING));
        assertEquals(ImagePolicy.CATALOG_ONLY, ROOTS.and(ImagePolicy.CATALOG_ONLY));
        assertEquals(ImagePolicy.CATALOG_ONLY, ImagePolicy.CATALOG_ONLY.and(ANY));
        assertEquals(new ImagePolicy(ImagePolicy.Kind.ROOTS, List.of("/scratch/team")), ROOTS.and(scratch));
        assertEquals(ROOTS.and(scratch), scratch.and(ROOTS));
        assertEquals(ROOTS, ROOTS.and(ROOTS));
        ImagePolicy nothing = ROOTS.and(new ImagePolicy(ImagePolicy.Kind.ROOTS, List.of("/homes")));
        assertThrows(InvalidRequestException.class, () -> nothing.find(CATALOG, "/home/u/x.sif"));
        assertThrows(InvalidRequestException.class, () -> nothing.find(CATALOG, "/homes/x.sif"));
    }
}
