package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.util.List;

/**
 * What is wrong with a file, in words, and whether waiting may help. Java has only the operating system's text for most
 * of it, no numbers.
 */
final class FileTrouble {
    /** Temporary problems: no room, a file server that restarts or does not answer, too many open files. */
    private static final List<String> PASSING = List.of(
            "No space left on device",
            "Disk quota exceeded",
            "Stale file handle",
            "Stale NFS file handle",
            "Connection timed out",
            "Host is down",
            "Transport endpoint is not connected",
            "Cannot send after transport endpoint shutdown",
            "Too many open files",
            "Cannot allocate memory",
            "Resource temporarily unavailable");

    private FileTrouble() {}

    /** The exception for an interrupted read, which looks like a failure of the file system but is none. */
    static InterruptedException interrupted() {
        Thread.interrupted();
        return new InterruptedException();
    }

    /** Whether the same operation may succeed later. All other problems belong to the file and stay. */
    static boolean isPassing(IOException e) {
        String text = String.valueOf(e.getMessage());
        return e instanceof SlowFileException
                || e instanceof ClosedByInterruptException
                || PASSING.stream().anyMatch(text::contains);
    }

    /** Whether there is no such file, or a file in place of a directory above it. */
    static boolean isAbsence(IOException e) {
        return e instanceof NoSuchFileException
                || e instanceof NotDirectoryException
                || String.valueOf(e.getMessage()).contains("Not a directory");
    }

    /** The reason, for example {@code permission denied for user jenkins}. */
    static String words(IOException e) {
        if (e instanceof NoSuchFileException) {
            return "it is not there any more";
        }
        if (e instanceof AccessDeniedException) {
            return "permission denied for user " + System.getProperty("user.name");
        }
        if (e instanceof FileAlreadyExistsException || e instanceof DirectoryNotEmptyException) {
            return "something of that name is in the way";
        }
        if (e instanceof NotDirectoryException) {
            return "a file is in the way of a directory";
        }
        if (isLoop(e)) {
            return "a loop of symbolic links";
        }
        String reason = e instanceof FileSystemException failure ? failure.getReason() : e.getMessage();
        return Printable.of(reason == null ? e.toString() : reason);
    }

    private static boolean isLoop(IOException e) {
        return e instanceof FileSystemLoopException
                || String.valueOf(e.getMessage()).contains("Too many levels of symbolic links");
    }
}
