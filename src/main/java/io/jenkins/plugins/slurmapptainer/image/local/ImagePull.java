package io.jenkins.plugins.slurmapptainer.image.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.local.ProcessRunner;
import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.RegistryLogin;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One pull of an image, on a thread of its own. Apptainer writes a file under another name, which is renamed to the
 * image when it is complete. So everybody who finds the image finds all of it.
 */
final class ImagePull implements Runnable {
    private static final Logger LOGGER = Logger.getLogger(ImagePull.class.getName());
    private static final Duration LIMIT = Duration.ofHours(6);
    private static final int MAX_TEXT = 800;
    private static final String PARTIAL = ".part";

    /**
     * Variables that would add a login. Only the request decides who logs in: a password that the agent has by chance
     * is not sent to a registry.
     */
    private static final Pattern LOGIN_VARIABLE =
            Pattern.compile("((APPTAINER|SINGULARITY)_)?DOCKER_(USERNAME|PASSWORD)");

    private final PullRequest request;
    private final String ticket;
    private final PullLock lock;
    private final Path image;
    private final Path partial;
    private final Thread thread = new Thread(this, "slurm-apptainer-pull");
    private String text = "";
    private String failure;
    private boolean over;
    private long asked = System.nanoTime();
    /** The image that this pull has made, {@code null} if it has made none. */
    @CheckForNull
    private CheckedFile made;

    /** Another file that was found in the image's place, {@code null} if there was none. */
    @CheckForNull
    private CheckedFile foreign;

    /** @param ticket the unique name of this pull */
    ImagePull(PullRequest request, String ticket, PullLock lock) {
        this.request = request;
        this.ticket = ticket;
        this.lock = lock;
        this.image = Path.of(request.path());
        this.partial = image.resolveSibling("." + image.getFileName() + "." + ticket + PARTIAL);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    String ticket() {
        return ticket;
    }

    /** Absolute path of the image to make. */
    String path() {
        return request.path();
    }

    synchronized boolean isOver() {
        return over;
    }

    /** Whether this pull has found a foreign file in the image's place, and it is this one. */
    synchronized boolean hasRefused(CheckedFile file) {
        return foreign != null && foreign.isUntouched(file);
    }

    /** The image that this pull has made, with its digest. */
    synchronized Optional<CheckedFile> made() {
        return Optional.ofNullable(made);
    }

    /** The state of the pull. Only for a pull that runs or has failed. */
    synchronized PullAnswer answer() {
        asked = System.nanoTime();
        return failure != null ? PullAnswer.failed(failure) : PullAnswer.pulling(ticket, text, size());
    }

    private long size() {
        try {
            return Files.size(partial);
        } catch (IOException e) {
            return 0;
        }
    }

    /** Renews the lock. Stops the pull if nobody has asked about it for the given time. */
    void beat(Duration patience) {
        synchronized (this) {
            if (!over && System.nanoTime() - asked > patience.toNanos()) {
                thread.interrupt();
            }
        }
        try {
            lock.beat();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot keep the lock of " + image);
        }
    }

    @Override
    public void run() {
        String problem;
        try {
            removeRemains();
            problem = pull();
        } catch (IOException e) {
            problem = "cannot be written to " + image.getParent() + ": " + Printable.of(String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            problem = "was given up, because no build waited for it any more";
        } catch (RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "pull of " + request.reference());
            problem = "failed: " + e;
        }
        try {
            Files.deleteIfExists(partial);
            lock.release();
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot clean up after the pull of " + image);
        }
        synchronized (this) {
            failure = problem.isEmpty() ? null : problem;
            over = true;
        }
    }

    /** Removes files of earlier owners of the lock that were killed. */
    private void removeRemains() throws IOException {
        try (DirectoryStream<Path> remains =
                Files.newDirectoryStream(image.resolveSibling(""), "." + image.getFileName() + ".*" + PARTIAL)) {
            for (Path file : remains) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** @return what went wrong; empty when the image is there */
    private String pull() throws IOException, InterruptedException {
        CommandResult result;
        try {
            result = new ProcessRunner(SlurmAccess.ON_PATH).run(command(), LIMIT, this::logIn, this::note);
        } catch (IOException e) {
            return "could not be pulled: " + request.apptainer() + " cannot be run: " + Printable.of(e.getMessage());
        }
        if (result.timedOut()) {
            return "could not be pulled in " + LIMIT.toHours() + " hours";
        }
        if (result.exitCode() != 0) {
            return "could not be pulled; apptainer says: " + said(result.stderr());
        }
        try {
            SifFile.metadata(partial);
        } catch (BrokenImageException e) {
            return "was pulled, but is no image: the file " + e.getMessage();
        }
        CheckedFile pulled = ImageFacts.of(partial, true);
        String sha256 = ImageFacts.digest(partial);
        // A file that is already there may be in use. Either another pull took over the lock and was faster, or
        // somebody put the file there.
        if (Files.exists(image, LinkOption.NOFOLLOW_LINKS)) {
            CheckedFile other = ImageFacts.of(image, true);
            if (ImageFacts.digest(image).equals(sha256)) {
                return "";
            }
            synchronized (this) {
                foreign = other;
            }
            return "was pulled, but somebody else has put a file at " + Printable.of(image.toString())
                    + " meanwhile; remove it unless you know where it comes from";
        }
        if (!ImageFacts.of(partial, true).isUntouched(pulled)) {
            return "was pulled, but somebody has written to it before it was complete; it is pulled again for the next build";
        }
        Files.move(partial, image, StandardCopyOption.ATOMIC_MOVE);
        CheckedFile facts = ImageFacts.of(image, true);
        synchronized (this) {
            made = new CheckedFile(facts.stamp(), facts.changed(), sha256, "");
        }
        return "";
    }

    private List<String> command() {
        List<String> argv = new ArrayList<>(List.of(request.apptainer(), "pull", "--disable-cache"));
        if (request.plainHttp()) {
            argv.add("--no-https");
        }
        argv.add(partial.toString());
        argv.add(request.reference());
        return argv;
    }

    private void logIn(Map<String, String> environment) {
        environment.keySet().removeIf(name -> LOGIN_VARIABLE.matcher(name).matches());
        RegistryLogin login = request.login();
        if (!login.user().isEmpty()) {
            environment.put("APPTAINER_DOCKER_USERNAME", login.user());
            environment.put("APPTAINER_DOCKER_PASSWORD", login.password());
        }
    }

    private synchronized void note(String line) {
        if (line.startsWith("INFO:")) {
            text = printable(line.substring("INFO:".length()));
        }
    }

    private String said(String stderr) {
        List<String> lines = stderr.lines().filter(line -> !line.isBlank()).collect(Collectors.toList());
        List<String> fatal =
                lines.stream().filter(line -> line.startsWith("FATAL:")).collect(Collectors.toList());
        List<String> shown = fatal.isEmpty() ? lines.subList(Math.max(0, lines.size() - 3), lines.size()) : fatal;
        return shown.isEmpty() ? "nothing" : printable(String.join(" ", shown).replaceFirst("^FATAL:\\s*", ""));
    }

    /** Removes the password from a line. Apptainer does not print it, but a registry's answer might. */
    private String printable(String line) {
        String password = request.login().password();
        String safe = (password.isEmpty() ? line : line.replace(password, "****"))
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        // The cause is at the end, after the names of the steps that led there.
        return safe.length() <= MAX_TEXT ? safe : "…" + safe.substring(safe.length() - MAX_TEXT);
    }
}
