package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.DiscoveredImage;
import io.jenkins.plugins.slurmapptainer.image.DiscoveredImages;
import io.jenkins.plugins.slurmapptainer.image.FileLayouts;
import io.jenkins.plugins.slurmapptainer.image.ImageList;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How long a scan of many images takes, a first and a second time, and how much CPU time this process has used until then.
 * Arguments: a real image, then how many links to it.
 */
public final class ScanBench {
    private ScanBench() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        Path image = Path.of(args[0]);
        int count = Integer.parseInt(args[1]);
        Path root = Files.createTempDirectory(image.toAbsolutePath().getParent(), "scan-bench");
        for (int i = 0; i < count; i++) {
            Path directory = Files.createDirectories(root.resolve("type" + i % 50));
            Files.createLink(directory.resolve("tool" + i / 50 + "_1." + i + ".sif"), image);
        }
        List<DiscoveredImage> known = List.of();
        ArrayList<ScanRoot> roots = new ArrayList<>(List.of(new ScanRoot(root.toString(), FileLayouts.USUAL)));
        for (String what : List.of("first scan", "second scan")) {
            long start = System.nanoTime();
            ScanAnswer answer = new LocalImageFiles()
                    .scan(
                            new ScanRequest(
                                    roots,
                                    "apptainer",
                                    new HashMap<>(DiscoveredImages.inspected(known, "c")),
                                    ScanLimits.DEFAULTS),
                            System.out::println);
            long scanned = System.nanoTime();
            DiscoveredImages.Update update = DiscoveredImages.update(known, "c", roots, answer, 1);
            known = update.images();
            ImageList list = ImageList.merge(List.of(), DiscoveredImages.records(known), Map.of());
            System.out.printf(
                    "%s: %.2f s, taking it over %.2f s, CPU %s; %s%n",
                    what,
                    (scanned - start) / 1e9,
                    (System.nanoTime() - scanned) / 1e9,
                    ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO),
                    update.report());
            long looked = System.nanoTime();
            list.find("tool7");
            System.out.printf("look-up of a family: %.1f ms%n", (System.nanoTime() - looked) / 1e6);
        }
    }
}
