package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileLayoutsTest {
    private static final FileLayouts USUAL = FileLayouts.parse(FileLayouts.USUAL);

    @ParameterizedTest
    @CsvSource({
        "compute/python_3.11.sif,compute,python,3.11",
        "compute/R_base_4.4.sif,compute,R_base,4.4",
        "viz/plain.sif,viz,plain,''",
        "python_3.11.sif,'',python,3.11",
        "plain.sif,'',plain,''"
    })
    void theUsualLayoutsAreRead(String file, String type, String name, String version) {
        assertEquals(Optional.of(new FileLayouts.Fit(type, name, version)), USUAL.fit(file));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"compute/python_3.11.sif.part", "a/b/c.sif", "README", ".sif", "compute/.sif", "compute/x.SIF"})
    void otherFilesFitNoLayout(String file) {
        assertEquals(Optional.empty(), USUAL.fit(file));
    }

    @Test
    void anotherLayoutMayGoDeeper() {
        FileLayouts layouts = FileLayouts.parse("teams/*/<type>/<name>/<version>.sif\n<name>-<version>.img");
        assertEquals(5, layouts.depth());
        assertEquals(Optional.of(new FileLayouts.Fit("ml", "torch", "2.4")), layouts.fit("teams/a b/ml/torch/2.4.sif"));
        assertEquals(Optional.of(new FileLayouts.Fit("", "gcc-x", "12")), layouts.fit("gcc-x-12.img"));
        assertEquals(Optional.empty(), layouts.fit("python_3.11.sif"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " , ",
                "/<name>.sif",
                "<name>/",
                "../<name>.sif",
                "a/../<name>",
                "<type>.sif",
                "<name>/<name>",
                "<owner>/<name>",
                "<>/<name>",
                "*/*/*/*/*/*/*/*/<name>"
            })
    void invalidLayoutsAreRefused(String layouts) {
        assertEquals(
                "layouts",
                assertThrows(InvalidRequestException.class, () -> FileLayouts.parse(layouts))
                        .field());
    }

    @Test
    void specialCharactersOfPatternsStandForThemselves() {
        assertEquals(
                Optional.of(new FileLayouts.Fit("", "x", "")),
                FileLayouts.parse("(a.b)+<name>\\E.sif").fit("(a.b)+x\\E.sif"));
        assertEquals(Optional.empty(), FileLayouts.parse("a.b<name>").fit("aXbx"));
    }
}
