package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ImageListTest {
    private static final ImageFile FILE = new ImageFile(42, 7, 5, Map.of("Maintainer", "Ada"));
    private static final List<ImageRecord> FOUND = List.of(
            found("python_3.9", "/i/compute/python_3.9.sif"),
            found("python_3.11", "/i/compute/python_3.11.sif"),
            found("R_4.4", "/i/stat/R_4.4.sif"));

    private static ImageRecord found(String id, String path) {
        return ImageRecord.ofPath(id, path).with(FILE).with(new Origin(false, List.of("main"), false));
    }

    private static DeclaredImage declared(String id, String path) {
        return new DeclaredImage(
                id,
                path,
                "",
                "",
                "",
                List.of(),
                new ImageNotes("said", List.of(), ImageState.CURRENT, "", NamePatterns.of("")),
                LaunchDefaults.NONE,
                Integrity.UNCHECKED,
                "",
                false);
    }

    private static List<String> ids(ImageList list) {
        return list.all().stream().map(ImageRecord::id).collect(Collectors.toList());
    }

    @Test
    void isSortedByTypeNameAndNewestVersion() {
        assertEquals(List.of("python_3.11", "python_3.9", "R_4.4"), ids(ImageList.of(FOUND)));
        assertEquals(List.of("compute", "stat"), ImageList.of(FOUND).types());
    }

    @Test
    void aDeclaredImageWinsByPathAndInheritsWhatTheScanKnows() {
        ImageList list = ImageList.merge(List.of(declared("py", "/i/compute/python_3.11.sif")), FOUND, Map.of());
        assertEquals(List.of("python_3.9", "py", "R_4.4").size(), list.all().size());
        ImageRecord image = list.byId("py").orElseThrow();
        assertEquals("said", image.notes().description());
        assertEquals(FILE, image.file());
        assertEquals(new Origin(true, List.of("main"), false), image.origin());
        assertTrue(list.byId("python_3.11").isEmpty());
        assertEquals("py", list.find("python_3.11").id(), "it is still found by its file's name");
    }

    @Test
    void aDeclaredImageWithoutAPathIsTheDiscoveredOneWithItsId() {
        ImageList list = ImageList.merge(List.of(declared("R_4.4", "")), FOUND, Map.of());
        ImageRecord image = list.byId("R_4.4").orElseThrow();
        assertEquals("/i/stat/R_4.4.sif", image.path());
        assertTrue(image.origin().declared());
        assertEquals(3, list.all().size());
    }

    @Test
    void anEntryWithoutAKnownPathIsAProblem() {
        ImageList list = ImageList.merge(List.of(declared("gone", "")), FOUND, Map.of("bad", "binds: …"));
        assertEquals(3, list.all().size());
        assertEquals(
                List.of("bad", "gone"),
                list.problems().keySet().stream().sorted().collect(Collectors.toList()));
        assertEquals(
                "image: the entry 'gone' cannot be used: path: no scan has found an image 'gone'; write the path of its file",
                assertThrows(InvalidRequestException.class, () -> list.find("gone"))
                        .getMessage());
    }

    @Test
    void noIdIsUsedTwice() {
        DeclaredImage other = declared("python_3.11", "/elsewhere/compute/x.sif");
        ImageList list = ImageList.merge(List.of(other, declared("python_3.11", "/b/c.sif")), FOUND, Map.of());
        assertEquals(
                "/elsewhere/compute/x.sif",
                list.byId("python_3.11").orElseThrow().path());
        assertEquals(
                "/i/compute/python_3.11.sif",
                list.byId("compute-python_3.11").orElseThrow().path());
        assertEquals(
                "id: two entries have this id; the first one counts",
                list.problems().get("python_3.11"));
        assertEquals("/elsewhere/compute/x.sif", list.find("python_3.11").path());
    }

    @Test
    void aMissingFileStaysMissingWhoeverDeclaresIt() {
        ImageRecord gone = FOUND.get(2).with(new Origin(false, List.of("main"), true));
        ImageList list = ImageList.merge(List.of(declared("R", gone.path())), List.of(gone), Map.of());
        assertEquals("missing", list.byId("R").orElseThrow().status());
        assertThrows(InvalidRequestException.class, () -> list.find("R"));
    }

    @Test
    void conditionsOfAQueryAreCombined() {
        ImageList list = ImageList.merge(List.of(declared("R_4.4", "")), FOUND, Map.of());
        assertEquals(List.of("R_4.4"), ids(list.only(new ImageQuery("SAID r_", "", "", "", ""))));
        assertEquals(
                3, list.only(new ImageQuery("ada", "", "", "", "main")).all().size());
        assertEquals(0, list.only(new ImageQuery("", "", "", "", "other")).all().size());
        assertEquals(
                2,
                list.only(new ImageQuery("", "compute", "current", "discovered", ""))
                        .all()
                        .size());
        assertEquals(
                0, list.only(new ImageQuery("", "", "missing", "", "")).all().size());
        assertEquals(3, list.only(ImageQuery.ALL).all().size());
        assertFalse(new ImageQuery("nobody", "", "", "", "").test(FOUND.get(0)));
    }
}
