package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.UUID;

/**
 * The directory of all jobs of a controller. Others may also write in the shared directory and may have created it
 * first. Everything below it would then be under their control.
 */
final class ControllerDirectory {
    private ControllerDirectory() {}

    /**
     * Creates it with mode 0700, or checks that it belongs to this user alone.
     *
     * @throws InvalidRequestException when it does not
     */
    static void prepare(String root) throws IOException {
        Path path = Path.of(root);
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            return;
        } catch (FileAlreadyExistsException e) {
            // It already exists, as always after the first job.
        }
        if (Files.isSymbolicLink(path)) {
            throw refusal(root + " is a symbolic link; remove it");
        }
        try (HeldDirectory held = HeldDirectory.open(path)) {
            check(root, held);
        }
    }

    private static void check(String root, HeldDirectory held) throws IOException {
        PosixFileAttributes facts = held.attributes(Path.of("."));
        UserPrincipal user = user(held);
        if (!facts.owner().equals(user)) {
            throw refusal(root + " belongs to user " + facts.owner() + ", and files of this agent to user " + user
                    + "; remove the directory, or give it to " + user);
        }
        if (facts.permissions().contains(PosixFilePermission.GROUP_WRITE)
                || facts.permissions().contains(PosixFilePermission.OTHERS_WRITE)) {
            throw refusal("users other than " + user + " may write in " + root + "; run: chmod go-w " + root);
        }
    }

    /** The owner of new files. A file server may see this process as another user. */
    private static UserPrincipal user(HeldDirectory held) throws IOException {
        Path name = Path.of("." + UUID.randomUUID() + ".probe");
        held.create(name).close();
        try {
            return held.attributes(name).owner();
        } finally {
            held.delete(name);
        }
    }

    private static InvalidRequestException refusal(String why) {
        return new InvalidRequestException("sharedDirectory", why);
    }
}
