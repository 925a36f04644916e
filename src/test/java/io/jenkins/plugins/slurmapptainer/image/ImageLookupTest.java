package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageLookupTest {
    private static final List<ImageRecord> IMAGES = List.of(
            ImageRecord.ofPath("python_3.9", "/i/compute/python_3.9.sif"),
            ImageRecord.ofPath("python_3.11", "/i/compute/python_3.11.sif"),
            ImageRecord.ofPath("python_3.12", "/i/compute/python_3.12.sif"),
            ImageRecord.ofPath("python_4.0", "/i/compute/python_4.0.sif")
                    .with(notes(ImageState.HIDDEN, "wait for June")),
            ImageRecord.ofPath("python_5.0", "/i/compute/python_5.0.sif").with(new Origin(false, List.of(), true)),
            ImageRecord.ofPath("py.sif", "/i/compute/other.sif"),
            ImageRecord.ofPath("tools", "/i/compute/py.sif"),
            ImageRecord.ofPath("R_4.3", "/i/stat/R_4.3.sif"),
            ImageRecord.ofPath("R_4.4", "/i/stat/R_4.4.sif").with(notes(ImageState.DEPRECATED, "use R_4.3")),
            ImageRecord.ofPath("old_1", "/i/stat/old_1.sif").with(notes(ImageState.DEPRECATED, "")),
            ImageRecord.ofPath("named", "/i/stat/na_med.sif")
                    .with(new ImageNotes(
                            "", List.of("stats", "python_3.9"), ImageState.CURRENT, "", NamePatterns.of(""))));

    private static ImageNotes notes(ImageState state, String hint) {
        return new ImageNotes("", List.of(), state, hint, NamePatterns.of(""));
    }

    @ParameterizedTest
    @CsvSource({
        "python_3.11,python_3.11",
        "python_3.12.sif,python_3.12",
        "py.sif,py.sif",
        "other.sif,py.sif",
        "other,py.sif",
        "stats,named",
        "na_med,named",
        "python_3.9,python_3.9",
        "python,python_3.12",
        "python@3.11,python_3.11",
        "python@3.9,python_3.9",
        "python@3,python_3.12",
        "R,R_4.3",
        "R@4,R_4.3",
        "R@4.4,R_4.4",
        "old,old_1"
    })
    void findsByIdFileNameAliasOrFamily(String wanted, String id) {
        assertEquals(id, ImageLookup.find(IMAGES, wanted).id());
        List<ImageRecord> reversed = new ArrayList<>(IMAGES);
        java.util.Collections.reverse(reversed);
        assertEquals(id, ImageLookup.find(reversed, wanted).id(), "whatever their order");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "python_3.1|image: there is no image 'python_3.1' in the catalog; did you mean 'python_3.11' or 'python_3.12' or 'python_3.9'?",
                "Python-3.12|image: there is no image 'Python-3.12' in the catalog; did you mean 'python_3.12' or 'python_3.11' or 'python_3.9'?",
                "gromacs|image: there is no image 'gromacs' in the catalog (it has 9 images)",
                "PYTHON_3.11|image: there is no image 'PYTHON_3.11' in the catalog; did you mean 'python_3.11' or 'python_3.12' or 'python_3.9'?",
                "stat|image: there is no image 'stat' in the catalog; did you mean 'stats'?",
                "python@2|image: there is no image 'python@2' in the catalog; did you mean 'python_3.12' or 'python_3.9' or 'python_3.11'?",
                "python_4.0|image: 'python_4.0' is hidden by an administrator: wait for June",
                "python@4|image: there is no image 'python@4' in the catalog; did you mean 'python_3.9' or 'python_3.11' or 'python_3.12'?",
                "python_5.0|image: 'python_5.0' is missing: the last scan did not find /i/compute/python_5.0.sif"
            })
    void unusableImagesAreExplained(String wanted, String message) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ImageLookup.find(IMAGES, wanted));
        assertEquals(message, e.getMessage());
        assertEquals("image", e.field());
    }

    @Test
    void ambiguousNamesAreExplained() {
        List<ImageRecord> twins = List.of(
                ImageRecord.ofPath("python_3.11", "/i/compute/python_3.11.sif"),
                ImageRecord.ofPath("gpu-python_3.11", "/i/gpu/python_3.11.sif"));
        assertEquals("python_3.11", ImageLookup.find(twins, "python_3.11").id(), "an id is no question");
        assertEquals("python_3.11", ImageLookup.find(twins, "python").id(), "nor is what an id begins with");
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> ImageLookup.find(twins, "python_3.11.sif"));
        assertEquals(
                "image: 'python_3.11.sif' may be 'python_3.11' or 'gpu-python_3.11'; write the id of the one that is meant",
                e.getMessage());
        List<ImageRecord> same = List.of(
                new ImageRecord("a-1.0", "a-1.0.sif", "/i/a-1.0.sif", "", "1.0"),
                new ImageRecord("a_1.0", "a_1.0.sif", "/i/a_1.0.sif", "", "1.0"));
        assertThrows(InvalidRequestException.class, () -> ImageLookup.find(same, "a"));
    }

    @Test
    void aDeprecatedImageWarnsWithItsHint() {
        assertEquals(
                Optional.of("Image R_4.4 is deprecated: use R_4.3"),
                ImageLookup.warning(ImageLookup.find(IMAGES, "R_4.4")));
        assertEquals(Optional.of("Image old_1 is deprecated"), ImageLookup.warning(ImageLookup.find(IMAGES, "old_1")));
        assertEquals(Optional.empty(), ImageLookup.warning(ImageLookup.find(IMAGES, "python")));
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
