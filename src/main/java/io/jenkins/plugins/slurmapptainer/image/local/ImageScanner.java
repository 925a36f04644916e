package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.FoundImage;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanLimits;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** One scan. It finds the files, and then inspects new and changed ones, several at a time. */
final class ImageScanner {
    private static final Logger LOGGER = Logger.getLogger(ImageScanner.class.getName());
    private static final long PROGRESS_NANOS = Duration.ofSeconds(1).toNanos();

    private final ScanRequest request;
    private final ScanNotes notes;
    private final Inspector inspector;
    private final Consumer<String> progress;
    private long told = System.nanoTime();

    ImageScanner(ScanRequest request, CommandRunner commands, Consumer<String> progress) {
        ScanLimits limits = request.limits();
        this.request = request;
        this.notes = new ScanNotes(limits);
        this.inspector = new Inspector(commands, request.apptainer(), Duration.ofSeconds(limits.inspectSeconds()));
        this.progress = progress;
    }

    ScanAnswer scan() throws InterruptedException {
        Map<String, FoundImage> found = new LinkedHashMap<>();
        for (ScanRoot root : request.roots()) {
            progress.accept("looking through " + root.path());
            // A file is found twice if one directory contains another.
            new DirectoryWalk(root, notes).walk().forEach(image -> found.putIfAbsent(image.path(), image));
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
        List<FoundImage> images = bounded(new ArrayList<>(found.values()));
        List<FoundImage> fresh = new ArrayList<>();
        ArrayList<FoundImage> answer = new ArrayList<>();
        for (FoundImage image : images) {
            FileStamp known = request.known().get(image.path());
            (image.stamp().equals(known) ? answer : fresh).add(image);
        }
        progress.accept("found " + images.size() + " images, " + fresh.size() + " of them new or changed");
        answer.addAll(inspect(fresh));
        return new ScanAnswer(answer, notes.skipped(), notes.count(), notes.unread());
    }

    private List<FoundImage> bounded(List<FoundImage> images) {
        int max = request.limits().images();
        images.stream()
                .skip(max)
                .forEach(image -> notes.skip(image.path(), "is more than the " + max + " images that one scan takes"));
        return images.size() <= max ? images : images.subList(0, max);
    }

    private List<FoundImage> inspect(List<FoundImage> fresh) throws InterruptedException {
        List<FoundImage> inspected = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(request.limits().parallel(), task -> {
            Thread thread = new Thread(task, "image-inspection");
            thread.setDaemon(true);
            return thread;
        });
        try {
            CompletionService<FoundImage> tasks = new ExecutorCompletionService<>(threads);
            fresh.forEach(image -> tasks.submit(() -> inspect(image)));
            for (int done = 1; done <= fresh.size(); done++) {
                FoundImage image = tasks.take().get();
                if (image != null) {
                    inspected.add(image);
                }
                if (System.nanoTime() - told > PROGRESS_NANOS) {
                    told = System.nanoTime();
                    progress.accept("inspected " + done + " of " + fresh.size() + " images");
                }
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return inspected;
    }

    /** The image with the facts that were read from it; {@code null} if the file is no image. */
    private FoundImage inspect(FoundImage image) throws InterruptedException {
        try {
            FoundImage.Inspection inspection =
                    inspector.inspect(Path.of(image.path())).orElse(null);
            return new FoundImage(
                    image.path(), image.type(), image.family(), image.version(), image.stamp(), inspection);
        } catch (BrokenImageException e) {
            notes.skip(image.path(), e.getMessage());
        } catch (IOException e) {
            notes.unread(image.path(), "cannot be read: " + Printable.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException | StackOverflowError e) {
            // One failure must not stop the inspection of the other images.
            LOGGER.log(Level.WARNING, e, () -> "cannot inspect " + image.path());
            notes.unread(image.path(), "cannot be inspected: " + Printable.of(e.toString()));
        }
        return null;
    }
}
