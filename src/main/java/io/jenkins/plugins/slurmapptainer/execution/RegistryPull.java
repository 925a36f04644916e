package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.NotReadyException;
import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.ImageFiles;
import io.jenkins.plugins.slurmapptainer.image.ImageReference;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.RegistryLogin;
import io.jenkins.plugins.slurmapptainer.image.RegistrySource;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One job's wait for an image from a registry. The head node pulls it once for all jobs that need it. This class asks
 * repeatedly how far the pull is and shows that in the console. No thread waits between two questions.
 */
final class RegistryPull {
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration MAX_PAUSE = Duration.ofSeconds(4);
    /** After this time a progress line is repeated, to show that the pull continues. */
    private static final long SAY_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final RegistrySource source;
    private final String path;
    private final RegistryLogin login;
    private final Consumer<String> console;
    private final long began = System.nanoTime();
    private String ticket = "";
    private boolean waited;
    /** {@code null} until something was said. */
    @CheckForNull
    private String said;

    private long saidAt;
    private Duration pause = FIRST_PAUSE;

    /**
     * @param path the file that the image is stored in
     * @param console gets lines for readers of the build
     */
    RegistryPull(RegistrySource source, String path, RegistryLogin login, Consumer<String> console) {
        this.source = source;
        this.path = path;
        this.login = login;
        this.console = console;
    }

    /**
     * Asks once.
     *
     * @return the image's file, with its digest if the head node has pulled it
     * @throws NotReadyException when the head node must be asked again later
     * @throws InvalidRequestException when the image could not be pulled
     * @throws IOException when the head node could not be asked
     */
    CheckedFile ask(ImageFiles host, String apptainer) throws IOException, InterruptedException {
        int slash = path.lastIndexOf('/');
        PullAnswer answer = host.pull(new PullRequest(
                new ImageReference(source.reference()).toPull(),
                path.substring(0, slash),
                path.substring(slash + 1),
                login,
                source.plainHttp(),
                apptainer,
                ticket));
        switch (answer.state()) {
            case THERE:
                if (said != null) {
                    console.accept("Pulled " + source.reference() + ", " + ByteText.of(answer.bytes()) + ", in "
                            + seconds() + " s");
                    said = null;
                }
                return answer.file();
            case FAILED:
                throw new InvalidRequestException("image", source.reference() + " " + answer.text());
            default:
                waited = true;
                ticket = answer.ticket();
                say(answer);
                Duration now = pause;
                pause = pause.multipliedBy(2).compareTo(MAX_PAUSE) < 0 ? pause.multipliedBy(2) : MAX_PAUSE;
                throw new NotReadyException("pulling " + source.reference(), now);
        }
    }

    /** Whether the image was missing at the first question. */
    boolean hasWaited() {
        return waited;
    }

    private void say(PullAnswer answer) {
        boolean news = !answer.text().equals(said);
        if (news || System.nanoTime() - saidAt >= SAY_AGAIN_NANOS) {
            String size = answer.bytes() == 0 ? "" : ", " + ByteText.of(answer.bytes());
            console.accept("Pulling " + source.reference() + (answer.text().isEmpty() ? "" : ": " + answer.text())
                    + (news ? "" : " (after " + seconds() + " s" + size + ")"));
            said = answer.text();
            saidAt = System.nanoTime();
        }
    }

    private long seconds() {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
    }
}
