package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanRoot;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** One check of an image file. It reads the content only if the file is not the one that was checked last. */
final class ImageCheck {
    private static final Duration VERIFY_LIMIT = Duration.ofMinutes(30);

    private final ImageCheckRequest request;
    private final CommandRunner commands;
    private final Path file;

    ImageCheck(ImageCheckRequest request, CommandRunner commands) {
        this.request = request;
        this.commands = commands;
        this.file = Path.of(request.path());
    }

    ImageCheckAnswer check() throws InterruptedException {
        try {
            if (!isBelowARoot()) {
                return ImageCheckAnswer.problem(
                        "leads through a link to a place outside of " + String.join(" and ", request.roots()));
            }
            String real = file.toRealPath().toString();
            String other = otherName();
            CheckedFile now = facts();
            CheckedFile known = request.known();
            boolean same = known != null && known.isUntouched(now);
            String sha256 = same ? known.sha256() : "";
            if (request.digest() && sha256.isEmpty()) {
                sha256 = ImageFacts.digest(file);
            }
            String signedBy = same ? known.signedBy() : "";
            if (!request.signingKey().isEmpty() && !request.signingKey().equals(signedBy)) {
                String problem = verify();
                if (!problem.isEmpty()) {
                    return ImageCheckAnswer.problem(problem);
                }
                signedBy = request.signingKey();
            }
            return facts().equals(now) && file.toRealPath().toString().equals(real)
                    ? ImageCheckAnswer.of(new CheckedFile(now.stamp(), now.changed(), sha256, signedBy), real, other)
                    : ImageCheckAnswer.problem(ImageCheckAnswer.CHANGES);
        } catch (NoSuchFileException e) {
            return ImageCheckAnswer.problem(ImageCheckAnswer.NOT_THERE);
        } catch (IOException e) {
            return ImageCheckAnswer.problem("cannot be read: " + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    private boolean isBelowARoot() throws IOException {
        if (request.roots().isEmpty()) {
            return true;
        }
        String real = file.toRealPath().toString();
        for (String root : request.roots()) {
            Path directory = Path.of(root);
            if (Files.isDirectory(directory)
                    && new ScanRoot(directory.toRealPath().toString(), "").contains(real)) {
                return true;
            }
        }
        return false;
    }

    /**
     * The path of another image that is the same file. Comparing device and inode number also recognizes hard links and
     * a directory that is mounted twice.
     */
    private String otherName() throws IOException {
        Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
        for (String other : request.others()) {
            try {
                if (Files.readAttributes(Path.of(other), BasicFileAttributes.class)
                        .fileKey()
                        .equals(key)) {
                    return other;
                }
            } catch (IOException | InvalidPathException e) {
                // The path does not exist, or cannot be read or written as a path. So no job can use it under this name
                // either.
                continue;
            }
        }
        return "";
    }

    private CheckedFile facts() throws IOException {
        return ImageFacts.of(file, request.digest() || !request.signingKey().isEmpty());
    }

    /** @return what is wrong; empty if the image's content is signed with the key */
    private String verify() throws InterruptedException {
        CommandResult result;
        try {
            result = commands.run(
                    List.of(request.apptainer(), "verify", "--local", "--json", request.path()), VERIFY_LIMIT);
        } catch (IOException e) {
            return "cannot be verified: " + request.apptainer() + " cannot be run: " + Printable.of(e.getMessage());
        }
        if (result.timedOut()) {
            return "could not be verified in " + VERIFY_LIMIT.toMinutes() + " minutes";
        }
        if (result.exitCode() != 0) {
            String said = result.stderr()
                    .lines()
                    .filter(line -> line.startsWith("FATAL:"))
                    .findFirst()
                    .orElse(result.stderr());
            return "failed its verification: " + Printable.of(said.replaceFirst("^FATAL:\\s*", ""));
        }
        return isSigned(result.stdout())
                ? ""
                : "is signed, but key " + request.signingKey() + " has not signed its content";
    }

    /** Whether the image's file system is signed with the wanted key. Programs see nothing else of the image. */
    private boolean isSigned(String json) {
        try {
            return Json.parse(json) instanceof Map<?, ?> answer
                    && answer.get("SignerKeys") instanceof List<?> keys
                    && keys.stream()
                            .map(key -> key instanceof Map<?, ?> map ? map.get("Signer") : null)
                            .filter(Objects::nonNull)
                            .anyMatch(signer -> signer instanceof Map<?, ?> map && isWanted(map));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean isWanted(Map<?, ?> signer) {
        return "FS".equals(signer.get("Partition"))
                && request.signingKey().equalsIgnoreCase(String.valueOf(signer.get("Fingerprint")))
                && Boolean.TRUE.equals(signer.get("KeyCheck"))
                && Boolean.TRUE.equals(signer.get("DataCheck"));
    }
}
