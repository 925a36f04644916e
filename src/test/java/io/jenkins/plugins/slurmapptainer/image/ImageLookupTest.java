package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageLookupTest {
    private static final List<ImageRecord> IMAGES = List.of(
            ImageRecord.ofPath("python_3.11", "/i/compute/python_3.11.sif"),
            ImageRecord.ofPath("python_3.12", "/i/compute/python_3.12.sif"),
            ImageRecord.ofPath("py.sif", "/i/compute/other.sif"),
            ImageRecord.ofPath("alias", "/i/compute/py.sif"));

    @ParameterizedTest
    @CsvSource({"python_3.11,python_3.11", "python_3.12.sif,python_3.12", "py.sif,py.sif", "other.sif,py.sif"})
    void findsByIdElseByFileName(String wanted, String id) {
        assertEquals(id, ImageLookup.find(IMAGES, wanted).id());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "python_3.1|image: there is no image 'python_3.1' in the catalog; did you mean 'python_3.11' or 'python_3.12'?",
                "Python-3.12|image: there is no image 'Python-3.12' in the catalog; did you mean 'python_3.12' or 'python_3.11'?",
                "gromacs|image: there is no image 'gromacs' in the catalog (it has 4 images)",
                "PYTHON_3.11|image: there is no image 'PYTHON_3.11' in the catalog; did you mean 'python_3.11' or 'python_3.12'?"
            })
    void aNearMissIsSuggested(String wanted, String message) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ImageLookup.find(IMAGES, wanted));
        assertEquals(message, e.getMessage());
        assertEquals("image", e.field());
    }

    @Test
    void anEmptyCatalogSaysWhereImagesAreAdded() {
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> ImageLookup.find(List.of(), "a\nb"));
        assertEquals(
                "image: there is no image 'a b' in the catalog, which is empty; an administrator adds images in Manage Jenkins, System",
                e.getMessage());
    }
}
