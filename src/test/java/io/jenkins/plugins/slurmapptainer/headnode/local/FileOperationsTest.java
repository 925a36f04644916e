package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What watching costs the shared file system, as the kernel sees it: numbers of calls, of {@link WatchedByStrace}. Each may be a question to
 * a server that serves the whole cluster.
 */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class FileOperationsTest {
    /** Of calls on files. What concerns descriptors alone, a file system does not see. */
    private static final String CALLS = "trace=%file,%fstat,%fstatfs,getdents64,read,pread64,readv,preadv,lseek";
    /** Attributes of the directory of announcements, and a listing of it, which comes at most once within the time that is measured. */
    private static final int LISTING = 5;

    /** All calls that name something below the directory of the controller, in their order. */
    private static List<String> calls;

    @BeforeAll
    static void watch(@TempDir Path folder) throws Exception {
        Path root = Files.createDirectory(folder.resolve("shared"));
        Path trace = folder.resolve("trace");
        assumeTrue(isTracing(folder), "strace is not installed, or may not trace other processes here");
        List<String> command =
                new ArrayList<>(List.of("strace", "-f", "-y", "-s", "4096", "-e", CALLS, "-o", trace.toString()));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                WatchedByStrace.class.getName(),
                root.toString()));
        Path said = folder.resolve("said");
        assertEquals(0, run(said, command), () -> read(said));
        try (var lines = Files.lines(trace, StandardCharsets.ISO_8859_1)) {
            calls = lines.filter(line -> line.contains(root.toString()) && !line.contains(" resumed>"))
                    .toList();
        }
    }

    private static boolean isTracing(Path folder) throws InterruptedException {
        try {
            Path trace = folder.resolve("try");
            run(
                    folder.resolve("said"),
                    List.of("strace", "-f", "-y", "-e", CALLS, "-o", trace.toString(), "ls", folder.toString()));
            return Files.readString(trace).contains(folder.toString());
        } catch (IOException e) {
            return false;
        }
    }

    private static int run(Path said, List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        try {
            return process.waitFor();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.toString();
        }
    }

    /** The calls of one part of the program. */
    private static List<String> of(String part) {
        return calls.subList(mark("begin-" + part) + 1, mark("end-" + part));
    }

    private static int mark(String name) {
        return IntStream.range(0, calls.size())
                .filter(i -> calls.get(i).contains("/" + name + "\""))
                .findFirst()
                .orElseGet(() -> fail("there is no " + name + " among " + calls.size() + " calls"));
    }

    private static void atMost(int limit, List<String> found) {
        assertTrue(found.size() <= limit, () -> found.size() + " calls:\n" + String.join("\n", found));
    }

    @Test
    void aRoundCostsOneQuestionHoweverManyJobsWait() {
        for (String part : List.of("waiting-1", "waiting-200")) {
            List<String> attributes = new ArrayList<>(of(part));
            attributes.removeIf(call -> !call.matches("[0-9]+ +[a-z0-9]*stat[a-z0-9]*\\(.*\".+/announced\".*"));
            assertEquals(WatchedByStrace.ROUNDS, attributes.size(), part);
            atMost(WatchedByStrace.ROUNDS + LISTING, of(part));
        }
    }

    @Test
    void jobsThatWaitCostAtMostTenCallsASecond() {
        for (String part : List.of("seconds-1", "seconds-200")) {
            atMost(10 * WatchedByStrace.SECONDS, of(part));
            assertTrue(of(part).stream().noneMatch(call -> call.matches(".*/[0-9a-f]{32}.*")), part);
        }
    }

    /** Every half minute the log is opened, every five minutes the directory is listed. Otherwise a look is one question. */
    @Test
    void aLookAtASilentJobIsOneQuestion() {
        List<Integer> looks = new ArrayList<>();
        for (int second = 0; second < WatchedByStrace.SILENT_SECONDS; second += 5) {
            looks.add(of("look-" + second).size());
        }
        int halfMinutes = WatchedByStrace.SILENT_SECONDS / 30;
        int fiveMinutes = WatchedByStrace.SILENT_SECONDS / 300;
        assertTrue(count(looks, 1) <= halfMinutes + fiveMinutes, looks::toString);
        assertTrue(count(looks, 5) <= fiveMinutes, looks::toString);
        assertTrue(count(looks, 16) == 0, looks::toString);
    }

    private static long count(List<Integer> looks, int above) {
        return looks.stream().filter(calls -> calls > above).count();
    }

    /** The announcements cost up to ten more, for all jobs together. */
    @Test
    void aHundredSilentJobsCostAtMostFortyCallsASecond() {
        int jobSeconds = WatchedByStrace.SILENT_JOBS * WatchedByStrace.SILENT_SECONDS;
        atMost(jobSeconds * 40 / 100, of("silent"));
    }
}
