package io.jenkins.plugins.slurmapptainer.realcluster;

import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What only root may do to a cluster: takes daemons and nodes down, suspends jobs. {@code src/build/fault-driver.sh}, which
 * {@code own-cluster.sh} starts, does it and says there which words it heeds.
 */
public final class Operator {
    private static final AtomicInteger NUMBER = new AtomicInteger();

    private final Path folder = Path.of(RealCluster.required("FAULTS_DIR"));
    private final Path requests = folder.resolve("requests");

    /** What was done, and from when to when in seconds since 1970. */
    public record Event(double from, double to, List<String> words) {}

    /** Something that root has been asked for. */
    public final class Request {
        private final Path written;

        private Request(Path written) {
            this.written = written;
        }

        public boolean isDone() {
            return Files.notExists(written) && Files.notExists(running());
        }

        private Path running() {
            return written.resolveSibling(written.getFileName().toString().replace("request", "running"));
        }

        public void await() throws InterruptedException {
            Waits.within(Duration.ofMinutes(3)).alias("root answers " + written).until(this::isDone);
        }
    }

    /** Asks for something that takes its time. */
    public Request begin(String words) throws IOException {
        String name = String.format("%05d", NUMBER.incrementAndGet());
        Path written = Files.writeString(requests.resolve(name + ".new"), words + "\n");
        return new Request(Files.move(written, requests.resolve(name + ".request"), StandardCopyOption.ATOMIC_MOVE));
    }

    /** Asks for something and waits until it is over. */
    public void run(String words) throws IOException, InterruptedException {
        begin(words).await();
    }

    /** Whether there is nothing left to do. */
    public boolean isIdle() throws IOException {
        try (var files = Files.list(requests)) {
            return files.noneMatch(file -> file.toString().matches(".*\\.(request|running)"));
        }
    }

    /** All that is over. */
    public List<Event> events() throws IOException {
        List<Event> events = new ArrayList<>();
        for (String line : Files.readAllLines(requests.resolve("events"))) {
            List<String> words = List.of(line.split(" "));
            events.add(new Event(
                    Double.parseDouble(words.get(0)),
                    Double.parseDouble(words.get(1)),
                    words.subList(2, words.size())));
        }
        return events;
    }

    /** What the {@code sbatch} on the {@code PATH} shall do to a job's submission; see {@code fault-sbatch.sh}. */
    public void orderSbatch(String token, String order) throws IOException {
        Files.writeString(folder.resolve("orders").resolve(token), order + "\n");
    }
}
