package io.jenkins.plugins.slurmapptainer.image.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.RegistryLogin;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pulls by a stand-in for apptainer, which waits for a file named "go" and does what that says. */
class ImagePullsTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private Path apptainer;
    private Path sample;
    private RegistryLogin login = RegistryLogin.NONE;
    private boolean plainHttp;
    private final ImagePulls pulls = new ImagePulls(Duration.ofMillis(20), LONG);

    @BeforeEach
    void prepare() throws IOException {
        sample = SampleSif.write(folder.resolve("sample/a.sif"), "");
        apptainer = Files.writeString(
                folder.resolve("apptainer"),
                String.join(
                        "\n",
                        "#!/bin/bash",
                        "cd '" + folder + "'",
                        "echo \"$*\" >> calls",
                        "env > environment",
                        "to=${*: -2:1}",
                        "echo 'INFO:    Fetching OCI image...' >&2",
                        "printf half > \"$to\"",
                        "while [ ! -e go ]; do [ -e \"$0\" ] || exit; sleep 0.02; done",
                        ". ./go"));
        Files.setPosixFilePermissions(apptainer, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Lets the stand-in end: {@code $to} is its file. */
    private void go(String commands) throws IOException {
        Files.writeString(folder.resolve("new"), commands);
        Files.move(folder.resolve("new"), folder.resolve("go"));
    }

    private PullRequest request(String ticket) {
        return new PullRequest(
                "docker://host/a:1",
                folder.resolve("images").toString(),
                "a.sif",
                login,
                plainHttp,
                apptainer.toString(),
                ticket);
    }

    private static PullAnswer until(ImagePulls pulls, PullRequest request, Predicate<PullAnswer> condition)
            throws InterruptedException {
        return Waits.within(Duration.ofMinutes(2), Duration.ofMillis(10)).until(() -> pulls.ask(request), condition);
    }

    private static boolean isEnd(PullAnswer answer) {
        return answer.state() != PullAnswer.State.PULLING;
    }

    private List<String> calls() throws IOException {
        return Files.readAllLines(folder.resolve("calls"));
    }

    private List<String> images() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("images"))) {
            return files.map(file -> file.getFileName().toString()).sorted().collect(Collectors.toList());
        }
    }

    @Test
    void manyRequestsShareOnePullAndTheImageAppearsComplete() throws Exception {
        PullAnswer first = until(
                pulls, request(""), answer -> answer.text().equals("Fetching OCI image...") && answer.bytes() == 4);
        assertEquals(PullAnswer.State.PULLING, first.state());
        for (int i = 0; i < 50; i++) {
            assertEquals(
                    first.ticket(),
                    pulls.ask(request(i % 2 == 0 ? "" : first.ticket())).ticket());
        }
        assertFalse(images().contains("a.sif"));
        go("cp '" + sample + "' \"$to\"");
        PullAnswer end = until(pulls, request(first.ticket()), ImagePullsTest::isEnd);
        assertEquals(PullAnswer.State.THERE, end.state(), end.text());
        assertEquals(Files.size(sample), end.file().stamp().size());
        assertEquals(ImageFacts.digest(sample), end.file().sha256());
        assertEquals(1, calls().size());
        assertEquals(PullAnswer.State.THERE, pulls.ask(request("")).state());
        until(pulls, request(""), answer -> !Files.exists(folder.resolve("images/.a.sif.lock")));
        assertEquals(List.of("a.sif"), images(), "nothing else stays");
        Files.copy(sample, folder.resolve("other.sif"));
        Files.move(folder.resolve("other.sif"), folder.resolve("images/a.sif"), StandardCopyOption.REPLACE_EXISTING);
        assertEquals("", pulls.ask(request("")).file().sha256(), "it is not what was pulled");
    }

    /** Any job of the account may write there. */
    @Test
    void aForeignFileInTheImagesPlaceIsNotUsed() throws Exception {
        PullAnswer first = until(pulls, request(""), answer -> answer.bytes() == 4);
        Files.writeString(folder.resolve("images/a.sif"), "somebody's");
        assertEquals(PullAnswer.State.PULLING, pulls.ask(request("")).state());
        go("cp '" + sample + "' \"$to\"");
        PullAnswer end = until(pulls, request(first.ticket()), ImagePullsTest::isEnd);
        assertEquals(PullAnswer.State.FAILED, end.state());
        assertTrue(end.text().contains("somebody else has put a file at "), end.text());
        assertEquals(PullAnswer.State.FAILED, pulls.ask(request("")).state(), "nor for later builds");
        Files.delete(folder.resolve("images/a.sif"));
        assertEquals(PullAnswer.State.PULLING, pulls.ask(request("")).state());
    }

    @Test
    void aFailureIsReportedToWaitersAndLaterRequestsTryAgain() throws Exception {
        PullAnswer first = pulls.ask(request(""));
        go("echo 'WARNING: x' >&2; echo 'FATAL:   While making image: manifest unknown' >&2; exit 255");
        PullAnswer end = until(pulls, request(first.ticket()), ImagePullsTest::isEnd);
        assertEquals("could not be pulled; apptainer says: While making image: manifest unknown", end.text());
        assertEquals(end, pulls.ask(request(first.ticket())), "another build that waited");
        Files.delete(folder.resolve("go"));
        PullAnswer second = pulls.ask(request(""));
        assertEquals(PullAnswer.State.PULLING, second.state());
        assertNotEquals(first.ticket(), second.ticket());
        go("cp '" + sample + "' \"$to\"");
        assertEquals(
                PullAnswer.State.THERE,
                until(pulls, request(second.ticket()), ImagePullsTest::isEnd).state());
    }

    @Test
    void aFileThatIsNoImageIsNotUsed() throws Exception {
        PullAnswer first = pulls.ask(request(""));
        go("printf %4096s x > \"$to\"");
        assertEquals(
                "was pulled, but is no image: the file is no SIF file",
                until(pulls, request(first.ticket()), ImagePullsTest::isEnd).text());
        assertEquals(
                List.of(),
                images().stream().filter(name -> !name.endsWith("lock")).collect(Collectors.toList()));
    }

    @Test
    void thePasswordIsInTheEnvironmentOfTheCommandAndNowhereElse() throws Exception {
        login = new RegistryLogin("ada", "hunter2");
        plainHttp = true;
        PullAnswer first = pulls.ask(request(""));
        go(
                "echo \"INFO: $APPTAINER_DOCKER_USERNAME logs in\" >&2; echo \"FATAL: denied: $APPTAINER_DOCKER_PASSWORD\" >&2; exit 1");
        assertEquals(
                "could not be pulled; apptainer says: denied: ****",
                until(pulls, request(first.ticket()), ImagePullsTest::isEnd).text());
        String call = calls().get(0);
        assertTrue(call.startsWith("pull --disable-cache --no-https " + folder), call);
        assertTrue(call.endsWith(" docker://host/a:1"), call);
        assertFalse(call.contains("hunter2"), call);
        assertFalse(request("").toString().contains("hunter2"));
        assertTrue(Files.readAllLines(folder.resolve("environment"))
                .containsAll(List.of("APPTAINER_DOCKER_USERNAME=ada", "APPTAINER_DOCKER_PASSWORD=hunter2")));
    }

    @Test
    void withoutALoginNobodysPasswordIsSent() throws Exception {
        PullAnswer first = pulls.ask(request(""));
        go("exit 1");
        assertEquals(
                "could not be pulled; apptainer says: INFO:    Fetching OCI image...",
                until(pulls, request(first.ticket()), ImagePullsTest::isEnd).text());
        assertEquals(
                List.of(),
                Files.readAllLines(folder.resolve("environment")).stream()
                        .filter(line -> line.contains("DOCKER"))
                        .collect(Collectors.toList()));
    }

    @Test
    void aPullOfAnotherHeadNodeIsWaitedForUntilItDies() throws Exception {
        ImagePulls other = new ImagePulls(Duration.ofMillis(20), LONG);
        PullAnswer theirs = other.ask(request(""));
        PullAnswer ours = pulls.ask(request(""));
        assertEquals(PullAnswer.pulling("", "another head node does it", 0), ours);
        go("cp '" + sample + "' \"$to\"");
        until(other, request(theirs.ticket()), ImagePullsTest::isEnd);
        assertEquals(PullAnswer.State.THERE, pulls.ask(request("")).state());
        assertEquals(1, calls().size());
    }

    @Test
    void theLockAndTheRemainsOfADeadPullAreTakenOver() throws Exception {
        Path images = Files.createDirectory(folder.resolve("images"));
        Files.writeString(images.resolve(".a.sif.0-0.part"), "half");
        Path lock = Files.writeString(images.resolve(".a.sif.lock"), "somebody\n");
        assertEquals("another head node does it", pulls.ask(request("")).text());
        Files.setLastModifiedTime(lock, FileTime.from(Instant.now().minusSeconds(100)));
        PullAnswer first = until(pulls, request(""), answer -> answer.bytes() == 4);
        assertFalse(images().contains(".a.sif.0-0.part"));
        go("cp '" + sample + "' \"$to\"");
        assertEquals(
                PullAnswer.State.THERE,
                until(pulls, request(first.ticket()), ImagePullsTest::isEnd).state());
    }

    @Test
    void aLivingPullKeepsItsLock() throws Exception {
        PullAnswer first = pulls.ask(request(""));
        Path lock = folder.resolve("images/.a.sif.lock");
        FileTime old = FileTime.from(Instant.now().minusSeconds(80));
        Files.setLastModifiedTime(lock, old);
        until(pulls, request(""), answer -> {
            try {
                return Files.getLastModifiedTime(lock)
                        .toInstant()
                        .isAfter(old.toInstant().plusSeconds(60));
            } catch (IOException e) {
                return false;
            }
        });
        go("exit 1");
        until(pulls, request(first.ticket()), ImagePullsTest::isEnd);
    }

    @Test
    void aPullThatNobodyAsksAboutIsStopped() throws Exception {
        ImagePulls impatient = new ImagePulls(Duration.ofMillis(20), Duration.ofMillis(100));
        PullAnswer first = impatient.ask(request(""));
        Waits.within(Duration.ofMinutes(2)).until(() -> Files.notExists(folder.resolve("images/.a.sif.lock")));
        assertEquals(List.of(), images());
        assertEquals(
                "was given up, because no build waited for it any more",
                until(impatient, request(first.ticket()), ImagePullsTest::isEnd).text());
    }

    @Test
    void aDirectoryThatCannotBeCreatedIsReported() throws Exception {
        Files.writeString(folder.resolve("images"), "a file");
        PullAnswer answer = pulls.ask(request(""));
        assertEquals(PullAnswer.State.FAILED, answer.state());
        assertTrue(answer.text().startsWith("cannot be written to " + folder + "/images: "), answer.text());
    }

    @Test
    void aMissingProgramIsReported() throws Exception {
        Files.delete(apptainer);
        PullAnswer first = pulls.ask(request(""));
        String text =
                until(pulls, request(first.ticket()), ImagePullsTest::isEnd).text();
        assertTrue(text.startsWith("could not be pulled: " + apptainer + " cannot be run: "), text);
    }
}
