package io.jenkins.plugins.slurmapptainer.scan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import hudson.model.Label;
import io.jenkins.plugins.slurmapptainer.catalog.CatalogImage;
import io.jenkins.plugins.slurmapptainer.catalog.DiscoveredImageStore;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.catalog.ImageDirectory;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.local.SampleSif;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.JenkinsSessionExtension;

/** Scans on an agent of a real controller; no Slurm is needed. */
class ImageScanJenkinsTest {
    @RegisterExtension
    private final JenkinsSessionExtension sessions = new JenkinsSessionExtension();

    @TempDir
    Path images;

    private void configure() throws Exception {
        SlurmGlobalConfiguration.get().setClusters(List.of(new SlurmCluster("main", "slurm", "/shared")));
        ImageCatalog.get().setScanMinutes(0);
        ImageCatalog.get().setDirectories(List.of(new ImageDirectory(images.toString())));
    }

    private static ImageScan finished(ImageScan scan) throws InterruptedException {
        Waits.within(Duration.ofMinutes(2)).until(() -> scan.state() != ImageScan.State.RUNNING);
        return scan;
    }

    private static ImageScan scan() throws InterruptedException {
        ImageScan scan = finished(ImageScans.get().start("", "test"));
        assertEquals(ImageScan.State.DONE, scan.state(), scan.lastLine());
        return scan;
    }

    private static ImageRecord image(String id) {
        return ImageCatalog.get().list().byId(id).orElseThrow();
    }

    @Test
    void scannedImagesSurviveARestart() throws Throwable {
        SampleSif.write(images.resolve("compute/python_3.9.sif"), "\"Name\":\"nine\"");
        SampleSif.write(images.resolve("compute/python_3.11.sif"), "\"Name\":\"<b>eleven</b>\"");
        Files.writeString(images.resolve("compute/broken_1.sif"), "x".repeat(500));
        sessions.then(j -> {
            configure();
            // The head node that comes online is scanned by itself.
            j.createOnlineSlave(Label.get("slurm"));
            ImageScan first = ImageScans.get().all().get(0);
            assertTrue(first.cause().endsWith("came online"), first.cause());
            assertEquals(ImageScan.State.DONE, finished(first).state(), first.lastLine());
            assertEquals("found 2: 2 added, 0 changed, 0 missing; skipped 1", first.lastLine());
            assertEquals("is no SIF file", first.report().skipped().get(0).reason());
            assertEquals(
                    Map.of("Name", "<b>eleven</b>"), image("python_3.11").file().labels());
            assertEquals(
                    "python_3.11",
                    ImageCatalog.get().image("python", "main", null).id());
            assertEquals("found 2: 0 added, 0 changed, 0 missing; skipped 1", scan().lastLine());
            CatalogImage declared = new CatalogImage(
                    "py", images.resolve("compute/python_3.11.sif").toString());
            declared.setState("deprecated");
            ImageCatalog.get().setImages(List.of(declared));
            assertEquals(
                    "python_3.9",
                    ImageCatalog.get().image("python", "main", null).id());
        });
        sessions.then(ImageScanJenkinsTest::afterRestart);
    }

    private static void afterRestart(JenkinsRule j) throws Exception {
        assertEquals("deprecated", image("py").status());
        assertEquals(Map.of("Name", "<b>eleven</b>"), image("py").file().labels());
        assertTrue(image("py").origin().declared());
        assertFalse(Files.readString(j.jenkins.getRootDir().toPath().resolve(ImageCatalog.class.getName() + ".xml"))
                .contains("eleven"));
        assertEquals(2, DiscoveredImageStore.get().images().size());
    }

    @Test
    void imagesOfADirectoryThatVanishesAreMissing() throws Throwable {
        Path file = SampleSif.write(images.resolve("compute/python_3.9.sif"), "");
        sessions.then(j -> {
            configure();
            j.createOnlineSlave(Label.get("slurm"));
            scan();
            Files.delete(file);
            Files.delete(file.getParent());
            assertEquals("found 0: 0 added, 0 changed, 1 missing; skipped 0", scan().lastLine());
            assertEquals("missing", image("python_3.9").status());
            assertThrows(InvalidRequestException.class, () -> ImageCatalog.get().image("python_3.9", "main", null));
        });
    }

    @Test
    void aScanThatCannotRunSaysWhy() throws Throwable {
        sessions.then(j -> {
            configure();
            ImageScan scan = finished(ImageScans.get().start("main", "test"));
            assertEquals(ImageScan.State.FAILED, scan.state());
            assertEquals("no agent has the label 'slurm' of the cluster's head nodes", scan.lastLine());
            assertSame(scan, ImageScans.get().find(scan.id()).orElseThrow());
            ImageCatalog.get().setDirectories(List.of());
            assertThrows(InvalidRequestException.class, () -> ImageScans.get().start("main", "test"));
            assertThrows(InvalidRequestException.class, () -> ImageScans.get().start("other", "test"));
        });
    }

    @Test
    void aDamagedStoreIsMadeAnew() throws Throwable {
        SampleSif.write(images.resolve("compute/python_3.9.sif"), "");
        sessions.then(j -> {
            configure();
            Files.writeString(j.jenkins.getRootDir().toPath().resolve("slurm-apptainer-images.xml"), "<x><y>");
            assertTrue(ImageCatalog.get().list().all().isEmpty());
            j.createOnlineSlave(Label.get("slurm"));
            scan();
            assertEquals(1, ImageCatalog.get().list().all().size());
        });
        sessions.then(j -> assertEquals(1, ImageCatalog.get().list().all().size()));
    }

    @Test
    void theScheduleStartsWhatIsDue() throws Throwable {
        SampleSif.write(images.resolve("compute/python_3.9.sif"), "");
        sessions.then(j -> {
            configure();
            new ScanSchedule().doRun();
            assertTrue(ImageScans.get().all().isEmpty(), "switched off");
            ImageCatalog.get().setScanMinutes(5);
            new ScanSchedule().doRun();
            assertEquals("schedule", ImageScans.get().all().get(0).cause());
            finished(ImageScans.get().all().get(0));
            new ScanSchedule().doRun();
            assertEquals(1, ImageScans.get().all().size(), "not due again");
        });
    }
}
