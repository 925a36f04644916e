package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class DiscoveredImagesTest {
    private static final List<ScanRoot> ROOTS = List.of(new ScanRoot("/i", FileLayouts.USUAL));

    private List<DiscoveredImage> known = List.of();

    private static FoundImage found(String path, long size, boolean inspected) {
        ImageName name = ImageName.ofPath(path);
        TreeMap<String, String> labels = new TreeMap<>(Map.of("size", "" + size));
        return new FoundImage(
                path,
                name.type(),
                name.family(),
                name.version(),
                new FileStamp(size, 1000),
                inspected ? new FoundImage.Inspection(5, labels) : null);
    }

    private ScanReport scan(String cluster, List<String> unread, FoundImage... images) {
        ScanAnswer answer =
                new ScanAnswer(new ArrayList<>(List.of(images)), new ArrayList<>(), 0, new ArrayList<>(unread));
        DiscoveredImages.Update update = DiscoveredImages.update(known, cluster, ROOTS, answer, 99);
        known = update.images();
        return update.report();
    }

    private ImageRecord image(String id) {
        return ImageList.of(DiscoveredImages.records(known)).byId(id).orElseThrow();
    }

    @Test
    void aScanReportsAddedChangedAndLostImages() {
        ScanReport first = scan("main", List.of(), found("/i/c/a_1.sif", 1, true), found("/i/c/b_2.sif", 2, true));
        assertEquals("found 2: 2 added, 0 changed, 0 missing; skipped 0", first.toString());
        assertEquals(Map.of("size", "1"), image("a_1").file().labels());
        ScanReport second = scan("main", List.of(), found("/i/c/a_1.sif", 3, true), found("/i/d/c.sif", 4, true));
        assertEquals("found 2: 1 added, 1 changed, 1 missing; skipped 0", second.toString());
        assertEquals(List.of("/i/c/a_1.sif"), second.changed().named());
        assertEquals(List.of("/i/c/b_2.sif"), second.lost().named());
        assertEquals("missing", image("b_2").status());
        assertEquals(2, image("b_2").file().size(), "what was known of it stays");
        assertEquals(
                0,
                scan("main", List.of(), found("/i/c/a_1.sif", 3, false), found("/i/d/c.sif", 4, false))
                        .lost()
                        .count());
        assertEquals(
                1,
                scan("main", List.of(), found("/i/c/b_2.sif", 2, false)).added().count(),
                "found again");
        assertEquals("current", image("b_2").status());
        assertEquals(Map.of("size", "2"), image("b_2").file().labels(), "it is the same file");
    }

    @Test
    void anUnchangedFileKeepsItsLabelsAndAChangedOneLosesThem() {
        scan("main", List.of(), found("/i/c/a_1.sif", 1, true));
        assertEquals(Map.of("/i/c/a_1.sif", new FileStamp(1, 1000)), DiscoveredImages.inspected(known, "main"));
        assertEquals(Map.of(), DiscoveredImages.inspected(known, "other"));
        scan("main", List.of(), found("/i/c/a_1.sif", 1, false));
        assertEquals(Map.of("size", "1"), image("a_1").file().labels());
        scan("main", List.of(), found("/i/c/a_1.sif", 2, false));
        assertEquals(Map.of(), image("a_1").file().labels());
        assertEquals(Map.of(), DiscoveredImages.inspected(known, "main"), "it is tried again the next time");
    }

    @Test
    void imagesOfAnUnreadableDirectoryStayKnown() {
        scan("main", List.of(), found("/i/c/a_1.sif", 1, true), found("/i/cc/b_1.sif", 1, true));
        ScanReport report = scan("main", List.of("/i/c"));
        assertEquals(List.of("/i/cc/b_1.sif"), report.lost().named());
        assertEquals("current", image("a_1").status());
    }

    @Test
    void aDirectoryThatIsNoLongerConfiguredIsForgotten() {
        scan("main", List.of(), found("/i/c/a_1.sif", 1, true));
        ScanAnswer nothing = new ScanAnswer(new ArrayList<>(), new ArrayList<>(), 0, new ArrayList<>());
        assertTrue(DiscoveredImages.update(known, "main", List.of(new ScanRoot("/ii", "")), nothing, 1)
                .images()
                .isEmpty());
    }

    @Test
    void anIdStaysWithItsFile() {
        scan("main", List.of(), found("/i/x/a_1.sif", 1, true));
        scan("main", List.of(), found("/i/b/a_1.sif", 2, true), found("/i/x/a_1.sif", 1, false));
        assertEquals("/i/x/a_1.sif", image("a_1").path());
        assertEquals("/i/b/a_1.sif", image("b-a_1").path());
        scan("main", List.of(), found("/i/b/a_1.sif", 2, true));
        assertEquals("/i/b/a_1.sif", image("b-a_1").path(), "also when the other one is gone");
    }

    @Test
    void clustersWithTheSameFileShareAnImage() {
        scan("a", List.of(), found("/i/x/a_1.sif", 1, true));
        scan("b", List.of(), found("/i/x/a_1.sif", 1, true), found("/i/y/a_1.sif", 1, true));
        assertEquals(List.of("a", "b"), image("a_1").origin().clusters());
        assertEquals(List.of("b"), image("y-a_1").origin().clusters());
        scan("b", List.of());
        assertFalse(image("a_1").origin().missing(), "the other cluster still has it");
        assertEquals(List.of("a"), image("a_1").origin().clusters());
        scan("a", List.of());
        assertTrue(image("a_1").origin().missing());
    }

    @Test
    void hostileNamesBecomeHarmlessIds() {
        scan(
                "main",
                List.of(),
                found("/i/c/<b onload=x>_1.sif", 1, true),
                found("/i/c/$(reboot)_1.sif", 1, true),
                found("/i/c/-rf_1.sif", 1, true),
                found("/i/c/ü.sif", 1, true),
                found("/i/c/" + "x".repeat(250) + ".sif", 1, true),
                found("/i/c/" + "x".repeat(249) + "y.sif", 1, true));
        List<String> ids = known.stream().map(DiscoveredImage::id).sorted().collect(Collectors.toList());
        assertEquals(
                List.of("b-onload-x-_1", "image", "reboot-_1", "rf_1", "x".repeat(100), "c-" + "x".repeat(98)).stream()
                        .sorted()
                        .collect(Collectors.toList()),
                ids);
        ids.forEach(ImageRecord::checkId);
    }
}
