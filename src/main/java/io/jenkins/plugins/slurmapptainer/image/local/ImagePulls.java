package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** The pulls of this process, running or recently ended. A pull continues between the requests that ask about it. */
final class ImagePulls {
    static final ImagePulls INSTANCE = new ImagePulls(PullLock.BEAT, Duration.ofMinutes(5));

    private static final int REMEMBERED = 1000;

    private final Duration beat;
    private final Duration patience;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "slurm-apptainer-pulls");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<String, ImagePull> pulls = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, ImagePull> eldest) {
            return size() > REMEMBERED && eldest.getValue().isOver();
        }
    };

    /**
     * @param beat how often locks are renewed
     * @param patience how long a pull continues if nobody asks about it
     */
    ImagePulls(Duration beat, Duration patience) {
        this.beat = beat;
        this.patience = patience;
    }

    /**
     * Answers at once. A failure is reported to everybody who waited for this pull. A later request starts a new one.
     */
    synchronized PullAnswer ask(PullRequest request) {
        Path image = Path.of(request.path());
        try {
            Optional<ImagePull> running = pulls.values().stream()
                    .filter(pull -> pull.path().equals(request.path()) && !pull.isOver())
                    .findFirst();
            // If a file is there before the pull is complete, somebody else has made it.
            if (running.isPresent()) {
                return running.get().answer();
            }
            Optional<CheckedFile> there = there(image);
            Optional<ImagePull> refusing = there.flatMap(file -> pulls.values().stream()
                    .filter(pull -> pull.path().equals(request.path()) && pull.hasRefused(file))
                    .findFirst());
            if (refusing.isPresent()) {
                return refusing.get().answer();
            }
            if (there.isPresent()) {
                return PullAnswer.there(there.get());
            }
            ImagePull mine = pulls.get(request.ticket());
            if (mine != null && mine.path().equals(request.path())) {
                PullAnswer answer = mine.answer();
                if (answer.state() == PullAnswer.State.FAILED) {
                    return answer;
                }
            }
            return start(request, image);
        } catch (IOException e) {
            return PullAnswer.failed("cannot be written to " + Printable.of(request.directory()) + ": "
                    + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    private PullAnswer start(PullRequest request, Path image) throws IOException {
        Files.createDirectories(
                image.resolveSibling(""),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        String ticket = UUID.randomUUID().toString();
        Optional<PullLock> lock = PullLock.acquire(image.resolveSibling("." + image.getFileName() + ".lock"), ticket);
        if (lock.isEmpty()) {
            return PullAnswer.pulling("", "another head node does it", 0);
        }
        ImagePull pull = new ImagePull(request, ticket, lock.get());
        pulls.put(ticket, pull);
        pull.start();
        keep(pull);
        return pull.answer();
    }

    private void keep(ImagePull pull) {
        Runnable task = () -> {
            if (!pull.isOver()) {
                pull.beat(patience);
                keep(pull);
            }
        };
        heart.schedule(task, beat.toMillis(), TimeUnit.MILLISECONDS);
    }

    private Optional<CheckedFile> there(Path image) throws IOException {
        CheckedFile now;
        try {
            now = ImageFacts.of(image, true);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        return pulls.values().stream()
                .filter(pull -> pull.path().equals(image.toString()))
                .flatMap(pull -> pull.made().stream())
                .filter(made -> made.isUntouched(now))
                .findFirst()
                .or(() -> Optional.of(now));
    }
}
