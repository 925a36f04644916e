package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageRecordTest {
    @ParameterizedTest
    @CsvSource({
        "/shared/apptainer/images/compute/python_3.11.sif,python_3.11.sif,compute,3.11",
        "/i/viz/R_base_4.4.simg,R_base_4.4.simg,viz,4.4",
        "/i/viz/plain.img,plain.img,viz,''",
        "/python_3.sif,python_3.sif,'',3",
        "/i/sandbox dir/ubuntu_22.04,ubuntu_22.04,sandbox dir,22.04"
    })
    void nameTypeAndVersionFollowFromThePath(String path, String name, String type, String version) {
        assertEquals(new ImageRecord("x", name, path, type, version), ImageRecord.ofPath("x", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-x", "a b", "a/b", "../x", "ü", "a\nb", ".hidden", "docker://x"})
    void anIdIsANameThatPeopleCanWrite(String id) {
        assertEquals(
                "id",
                assertThrows(InvalidRequestException.class, () -> ImageRecord.checkId(id))
                        .field());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "x.sif",
                "./x.sif",
                "-x",
                "ftp://x",
                "/i/../etc/x",
                "/i/..",
                "/i/x/",
                "/i/a\nb.sif",
                "/i/a\tb",
                "~/x.sif",
                "/i/a\0b"
            })
    void aPathIsAbsoluteAndPlain(String path) {
        assertEquals(
                "path",
                assertThrows(InvalidRequestException.class, () -> ImageRecord.checkPath(path))
                        .field());
        assertThrows(InvalidRequestException.class, () -> ImageRecord.ofPath("x", path));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/i/we ird'\"$x%j ü.sif", "/i/a..b.sif", "/i/...", "/x"})
    void strangePathsAreFine(String path) {
        assertEquals(path, ImageRecord.ofPath("x", path).path());
    }

    @Test
    void theBatchScriptNeedsNameAndPath() {
        assertEquals(
                new ContainerImage("python_3.11.sif", "/i/compute/python_3.11.sif"),
                ImageRecord.ofPath("python_3.11", "/i/compute/python_3.11.sif").inContainer());
    }
}
