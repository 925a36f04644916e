package io.jenkins.plugins.slurmapptainer.image.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.image.FileLayouts;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.image.SkippedFile;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageScannerTest {
    private static final ScanLimits LIMITS = new ScanLimits(1000, 100, 4, 5);

    @TempDir
    Path folder;

    private Path images;
    private final List<String> progress = new ArrayList<>();
    private final HashMap<String, FileStamp> known = new HashMap<>();
    private CommandRunner commands = (argv, limit) -> {
        throw new IOException("no such program");
    };
    private ScanLimits limits = LIMITS;

    @BeforeEach
    void directory() throws IOException {
        images = Files.createDirectory(folder.resolve("images"));
    }

    private ScanAnswer scan(String layouts, Path... roots) throws InterruptedException {
        ArrayList<ScanRoot> all = Arrays.stream(roots)
                .map(root -> new ScanRoot(root.toString(), layouts))
                .collect(Collectors.toCollection(ArrayList::new));
        return new ImageScanner(new ScanRequest(all, "apptainer", known, limits), commands, progress::add).scan();
    }

    private ScanAnswer scan() throws InterruptedException {
        return scan(FileLayouts.USUAL, images);
    }

    private Path sif(String path) throws IOException {
        return SampleSif.write(images.resolve(path), "\"Name\":\"" + "x" + "\"");
    }

    private List<String> found(ScanAnswer answer) {
        return answer.images().stream()
                .map(image -> images.relativize(Path.of(image.path())).toString())
                .sorted()
                .collect(Collectors.toList());
    }

    private Map<String, String> skipped(ScanAnswer answer) {
        return answer.skipped().stream()
                .collect(Collectors.toMap(
                        skip -> skip.path().replace(images + "/", ""), SkippedFile::reason, (a, b) -> a + "; " + b));
    }

    @Test
    void readsTypeNameVersionAndLabels() throws Exception {
        Path file = sif("compute/python_3.11.sif");
        sif("plain.sif");
        Files.writeString(images.resolve("README.md"), "x");
        FoundImage image = scan().images().stream()
                .filter(found -> found.path().equals(file.toString()))
                .findFirst()
                .orElseThrow();
        assertEquals("compute", image.type());
        assertEquals("python", image.family());
        assertEquals("3.11", image.version());
        assertEquals(Map.of("Name", "x"), image.inspection().labels());
        assertEquals(Files.size(file), image.stamp().size());
        assertEquals(Files.getLastModifiedTime(file).toMillis(), image.stamp().modified());
        assertEquals(List.of("looking through " + images, "found 2 images, 2 of them new or changed"), progress);
    }

    @Test
    void onlyNewAndChangedFilesAreInspected() throws Exception {
        sif("c/same_1.sif");
        sif("c/grown_1.sif");
        for (FoundImage image : scan().images()) {
            known.put(image.path(), image.stamp());
        }
        SampleSif.write(images.resolve("c/grown_1.sif"), "\"Name\":\"longer\"");
        sif("c/new_1.sif");
        Map<String, FoundImage> byName =
                scan().images().stream().collect(Collectors.toMap(image -> image.family(), Function.identity()));
        assertNull(byName.get("same").inspection());
        assertEquals(Map.of("Name", "longer"), byName.get("grown").inspection().labels());
        assertEquals(Map.of("Name", "x"), byName.get("new").inspection().labels());
    }

    @Test
    void brokenFilesAreNamedAndDoNoHarm() throws Exception {
        sif("c/fine_1.sif");
        byte[] whole = SampleSif.bytes(new byte[100], "inspect-metadata.json");
        write("c/text_1.sif", "hello".repeat(100).getBytes(StandardCharsets.US_ASCII));
        write("c/short_1.sif", "x".getBytes(StandardCharsets.US_ASCII));
        write("c/empty_1.sif", new byte[0]);
        write("c/cut_1.sif", Arrays.copyOf(whole, whole.length - 1));
        write("c/header_1.sif", Arrays.copyOf(whole, 200));
        byte[] many = whole.clone();
        Arrays.fill(many, 88, 96, (byte) 0x7f);
        write("c/many_1.sif", many);
        byte[] negative = whole.clone();
        Arrays.fill(negative, 96, 104, (byte) 0xff);
        write("c/negative_1.sif", negative);
        SampleSif.writeMetadata(images.resolve("c/json_1.sif"), "{\"data\":");
        Files.createSymbolicLink(images.resolve("c/nowhere_1.sif"), Path.of("gone.sif"));
        ScanAnswer answer = scan();
        assertEquals(List.of("c/fine_1.sif"), found(answer));
        assertEquals(
                Map.of(
                        "c/text_1.sif", "is no SIF file",
                        "c/short_1.sif", "is cut off",
                        "c/empty_1.sif", "is empty",
                        "c/cut_1.sif", "is cut off",
                        "c/header_1.sif", "is cut off",
                        "c/many_1.sif", "has a damaged header",
                        "c/negative_1.sif", "is cut off",
                        "c/json_1.sif", "has metadata that cannot be read: no JSON text, at character 8",
                        "c/nowhere_1.sif", "is a link that leads nowhere"),
                skipped(answer));
        assertEquals(List.of(), answer.unread());
    }

    private void write(String path, byte[] bytes) throws IOException {
        Files.createDirectories(images.resolve(path).getParent());
        Files.write(images.resolve(path), bytes);
    }

    @Test
    void linksMayLeadInCircles() throws Exception {
        sif("c/a_1.sif");
        Files.createSymbolicLink(images.resolve("c/up"), images);
        Files.createSymbolicLink(images.resolve("self"), Path.of("self"));
        Files.createSymbolicLink(images.resolve("again"), Path.of("c"));
        Path outside = Files.createDirectory(folder.resolve("outside"));
        SampleSif.write(outside.resolve("b_2.sif"), "");
        Files.createSymbolicLink(images.resolve("o"), outside);
        Files.createSymbolicLink(images.resolve("c/latest.sif"), Path.of("a_1.sif"));
        ScanAnswer answer = scan("<type>/<name>_<version>.sif, <type>/<name>.sif, */*/*/*/*/*/<name>.sif", images);
        assertEquals(List.of("c/a_1.sif", "c/latest.sif", "o/b_2.sif"), found(answer));
        assertEquals(
                "is a directory that was scanned under another name",
                skipped(answer).get("again"));
        assertEquals(
                "is a directory that was scanned under another name",
                skipped(answer).get("c/up"));
    }

    @Test
    void aDirectoryThatIsNotThereIsNoFailure() throws Exception {
        ScanAnswer answer = scan(FileLayouts.USUAL, folder.resolve("gone"), images);
        assertEquals(List.of(), answer.images());
        assertEquals("is no directory", answer.skipped().get(0).reason());
        assertEquals(List.of(), answer.unread(), "it is known that there is nothing");
    }

    @Test
    void hostileNamesAreRefusedOrHarmless() throws Exception {
        sif("c/<script>alert(1)<\u2044script>_1.sif");
        sif("c/$(touch x);`id`'\"_1.sif");
        sif("c/-rf_1.sif");
        sif("c/..._1.sif");
        sif("c/.hidden_1.sif");
        sif("c/line\nbreak_1.sif");
        sif("c/bell\u0007_1.sif");
        sif("c/\u202Efis_1.sif");
        sif("n\nl/x_1.sif");
        ScanAnswer answer = scan();
        assertEquals(
                List.of("c/$(touch x);`id`'\"_1.sif", "c/-rf_1.sif", "c/<script>alert(1)<\u2044script>_1.sif"),
                found(answer));
        assertEquals(4, answer.skippedCount());
        assertTrue(answer.skipped().stream()
                .allMatch(skip -> skip.reason().startsWith("its name has control characters")));
        assertTrue(answer.skipped().stream().noneMatch(skip -> skip.path().matches("(?s).*\\p{Cntrl}.*")));
        assertFalse(Files.exists(Path.of("x")));
    }

    @Test
    void aNameThatIsNoTextIsSkipped() throws Exception {
        Files.createDirectories(images.resolve("c"));
        Process touch = new ProcessBuilder(
                        "bash", "-c", "printf x > \"$1\"/c/$'bad\\xff\\xfe_1.sif'", "bash", images.toString())
                .inheritIO()
                .start();
        assertEquals(0, touch.waitFor());
        ScanAnswer answer = scan();
        assertEquals(List.of(), answer.images());
        assertTrue(
                answer.skipped().get(0).reason().contains("no text in the agent's locale"),
                answer.skipped().toString());
    }

    @Test
    void limitsAreKeptAndReported() throws Exception {
        limits = new ScanLimits(3, 2, 2, 5);
        for (int i = 0; i < 10; i++) {
            sif("c/a_" + i + ".sif");
        }
        ScanAnswer answer = scan();
        assertEquals(3, answer.images().size());
        assertEquals(2, answer.skipped().size());
        assertEquals(7, answer.skippedCount());
        assertEquals(
                "is more than the 3 images that one scan takes",
                answer.skipped().get(0).reason());
    }

    @Test
    void imagesWithoutMetadataAreInspectedByApptainer() throws Exception {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 8; i++) {
            write("c/old_" + i + ".simg", new byte[] {'x'});
        }
        write("c/bad_1.simg", new byte[] {'x'});
        write("c/slow_1.simg", new byte[] {'x'});
        commands = (argv, limit) -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            Thread.sleep(50);
            running.decrementAndGet();
            assertEquals(List.of("apptainer", "inspect", "--json"), argv.subList(0, 3));
            if (argv.get(3).contains("bad")) {
                return new CommandResult(255, "", "FATAL:   Failed to open image: image format not recognized\n");
            }
            return argv.get(3).contains("slow")
                    ? new CommandResult(CommandResult.TIMED_OUT, "", "")
                    : new CommandResult(0, "{\"data\":{\"attributes\":{\"labels\":{\"a\":\"b\"}}}}", "");
        };
        ScanAnswer answer = scan("<type>/<name>_<version>.simg", images);
        assertEquals(9, answer.images().size());
        Map<Boolean, Long> inspected = answer.images().stream()
                .collect(Collectors.partitioningBy(image -> image.inspection() != null, Collectors.counting()));
        assertEquals(Map.of(true, 8L, false, 1L), inspected, "what did not answer in time is an image all the same");
        assertEquals(
                Map.of("c/bad_1.simg", "cannot be inspected: Failed to open image: image format not recognized"),
                skipped(answer));
        assertTrue(most.get() > 1 && most.get() <= LIMITS.parallel(), "at once: " + most);
    }

    @Test
    void withoutApptainerImagesHaveNoLabels() throws Exception {
        write("c/old_1.simg", new byte[] {'x'});
        FoundImage image = scan("<type>/<name>_<version>.simg", images).images().get(0);
        assertNull(image.inspection());
    }

    @Test
    void anErrorWithOneFileDoesNotStopTheScan() throws Exception {
        for (String name : List.of("bad", "deep", "fine")) {
            write("c/" + name + "_1.simg", new byte[] {'x'});
        }
        commands = (argv, limit) -> {
            if (argv.get(3).contains("bad")) {
                throw new IllegalStateException("broken");
            }
            if (argv.get(3).contains("deep")) {
                throw new StackOverflowError();
            }
            return new CommandResult(0, "{\"data\":{\"attributes\":{\"labels\":{\"a\":\"b\"}}}}", "");
        };
        ScanAnswer answer = scan("<type>/<name>_<version>.simg", images);
        assertEquals(List.of("c/fine_1.simg"), found(answer));
        assertEquals(
                Map.of(
                        "c/bad_1.simg", "cannot be inspected: java.lang.IllegalStateException: broken",
                        "c/deep_1.simg", "cannot be inspected: java.lang.StackOverflowError"),
                skipped(answer));
        assertEquals(2, answer.unread().size(), "what was known about them stays");
    }

    @Test
    void anInterruptEndsTheScan() throws Exception {
        write("c/old_1.simg", new byte[] {'x'});
        commands = (argv, limit) -> {
            Thread.sleep(60_000);
            return null;
        };
        Thread scanning = Thread.currentThread();
        new Thread(() -> {
                    try {
                        Thread.sleep(300);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                    scanning.interrupt();
                })
                .start();
        assertThrows(InterruptedException.class, () -> scan("<type>/<name>_<version>.simg", images));
    }
}
