package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageReferenceTest {
    private static final String DIGEST = "@sha256:" + "0a".repeat(32);

    @ParameterizedTest
    @CsvSource({
        "docker://alpine,docker,alpine.sif,alpine,''",
        "docker://alpine:3.19,docker,alpine_3.19.sif,alpine,3.19",
        "docker://127.0.0.1:5000/tools/gcc:13-slim,docker,gcc_13-slim.sif,gcc,13-slim",
        "docker://registry.example.org:5000/gcc,docker,gcc.sif,gcc,''",
        "oras://ghcr.io/a/b_c/python:3.11,oras,python_3.11.sif,python,3.11",
        "library://ada/default/r:sha256.0a0b,library,r_sha256.0a0b.sif,r,sha256.0a0b"
    })
    void namesAnImage(String text, String scheme, String file, String family, String version) {
        ImageRecord image = ImageRecord.ofPath("x", text);
        assertEquals(scheme, image.type());
        assertEquals(file, image.name());
        assertEquals(family, image.family());
        assertEquals(version, image.version());
        assertEquals(new RegistrySource(text, "", false), image.source());
        assertEquals(text, new ImageReference(text).toPull());
        assertFalse(new ImageReference(text).isPinned());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "docker://",
                "docker://-x",
                "docker:///etc/passwd",
                "docker://a/../b",
                "docker://a/.hidden",
                "docker://a//b",
                "docker://ada:secret@host/a",
                "docker://a b",
                "docker://a\nb",
                "docker://a:b:c",
                "docker://a'$(id)'",
                "docker://a@sha256:12",
                "docker://a:",
                "oras://host:port/a"
            })
    void everythingElseIsRefused(String text) {
        assertTrue(ImageReference.isMeant(text) || text.contains("\n"));
        assertThrows(InvalidRequestException.class, () -> new ImageReference(text));
        assertThrows(InvalidRequestException.class, () -> ImageRecord.checkPath(text));
    }

    @Test
    void otherSchemesAreNoReferences() {
        assertFalse(ImageReference.isMeant("/images/docker://a.sif"));
        assertFalse(ImageReference.isMeant("docker-daemon://a"));
        assertFalse(ImageReference.isMeant("python_3.11"));
    }

    /** Apptainer 1.4: "Docker references with both a tag and digest are currently not supported". */
    @Test
    void aDigestReplacesTheTag() {
        ImageReference pinned = new ImageReference("docker://host/gcc:13" + DIGEST);
        assertTrue(pinned.isPinned());
        assertEquals("docker://host/gcc" + DIGEST, pinned.toPull());
        assertEquals("13", pinned.tag());
        assertEquals(
                "docker://host:5000/gcc" + DIGEST, new ImageReference("docker://host:5000/gcc:13" + DIGEST).toPull());
    }

    @Test
    void differentReferencesAreDifferentFiles() {
        String file = new ImageReference("docker://a/gcc:13").file();
        assertTrue(file.matches("gcc_13-[0-9a-f]{16}\\.sif"), file);
        assertEquals(file, new ImageReference("docker://a/gcc:13").file());
        assertNotEquals(file, new ImageReference("docker://b/gcc:13").file());
        assertNotEquals(file, new ImageReference("oras://a/gcc:13").file());
        ImageRecord image = ImageRecord.ofPath("gcc", "docker://a/gcc:13").inDirectory("/shared/images");
        assertEquals("/shared/images/" + file, image.inContainer().path());
        assertEquals("docker://a/gcc:13", image.inContainer().source());
        assertEquals("gcc_13.sif", image.inContainer().name());
        ImageRecord plain = ImageRecord.ofPath("gcc", "/i/gcc_13.sif");
        assertEquals(plain, plain.inDirectory("/shared/images"));
    }
}
