package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.engine.NotReadyException;
import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageFiles;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.RegistryLogin;
import io.jenkins.plugins.slurmapptainer.image.RegistrySource;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RegistryPullTest {
    private static final String PINNED = "docker://host/a:1@sha256:" + "0a".repeat(32);

    private final List<String> console = new ArrayList<>();
    private final List<PullRequest> requests = new ArrayList<>();
    private PullAnswer answer;

    private final ImageFiles host = new ImageFiles() {
        @Override
        public ScanAnswer scan(ScanRequest request, Consumer<String> progress) {
            throw new IllegalStateException();
        }

        @Override
        public PullAnswer pull(PullRequest request) {
            requests.add(request);
            return answer;
        }

        @Override
        public ImageScripts scripts(String path, String apptainer) {
            throw new IllegalStateException();
        }

        @Override
        public ImageCheckAnswer check(ImageCheckRequest request) {
            throw new IllegalStateException();
        }
    };
    private final RegistryPull pull = new RegistryPull(
            new RegistrySource(PINNED, "id", true),
            "/shared/images/a.sif",
            new RegistryLogin("ada", "hunter2"),
            console::add);

    private long pause() {
        return assertThrows(NotReadyException.class, () -> pull.ask(host, "apptainer"))
                .pause()
                .toMillis();
    }

    @Test
    void theHeadNodeIsAskedUntilTheImageIsThere() throws Exception {
        answer = PullAnswer.pulling("1", "Fetching OCI image...", 0);
        assertEquals(List.of(1000L, 2000L, 4000L, 4000L), List.of(pause(), pause(), pause(), pause()));
        answer = PullAnswer.pulling("1", "Creating SIF file...", 9_000_000);
        pause();
        answer = PullAnswer.there(new CheckedFile(new FileStamp(9_500_000, 1), 1, "", ""));
        assertEquals(new FileStamp(9_500_000, 1), pull.ask(host, "apptainer").stamp());
        assertEquals(
                List.of(
                        "Pulling " + PINNED + ": Fetching OCI image...",
                        "Pulling " + PINNED + ": Creating SIF file...",
                        "Pulled " + PINNED + ", 9.5 MB, in 0 s"),
                console);
        assertEquals("", requests.get(0).ticket());
        assertEquals("1", requests.get(1).ticket());
        PullRequest request = requests.get(0);
        assertEquals("docker://host/a@sha256:" + "0a".repeat(32), request.reference());
        assertEquals("/shared/images/a.sif", request.path());
        assertEquals("hunter2", request.login().password());
    }

    @Test
    void anImageThatIsThereIsNotMentioned() throws Exception {
        answer = PullAnswer.there(new CheckedFile(new FileStamp(1, 1), 1, "", ""));
        pull.ask(host, "apptainer");
        assertEquals(List.of(), console);
    }

    @Test
    void aFailureNamesTheImage() {
        answer = PullAnswer.failed("could not be pulled; apptainer says: manifest unknown");
        assertEquals(
                "image: " + PINNED + " could not be pulled; apptainer says: manifest unknown",
                assertThrows(InvalidRequestException.class, () -> pull.ask(host, "apptainer"))
                        .getMessage());
    }
}
