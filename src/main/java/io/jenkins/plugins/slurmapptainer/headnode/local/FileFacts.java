package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;

/**
 * Facts about a file from one look at it. The look follows no link and opens nothing, so a named pipe cannot block it.
 *
 * @param mode type and permissions in the operating system's form
 * @param device number of the file system
 * @param inode number of the file in that file system
 * @param size size in bytes
 * @param modified when its content was changed; its owner can set this
 * @param changed when the file system last saw a change; nobody can set this
 */
record FileFacts(int mode, long device, long inode, long size, FileTime modified, FileTime changed) {
    private static final int TYPE = 0170000;
    private static final int DIRECTORY = 0040000;
    private static final int FILE = 0100000;
    private static final int LINK = 0120000;
    private static final int PIPE = 0010000;
    private static final int SOCKET = 0140000;

    /** Identifies a file or directory, whatever its name. */
    record Key(long device, long inode) {}

    /** @throws IOException also when there is no such file */
    static FileFacts of(Path path) throws IOException {
        Map<String, Object> facts =
                Files.readAttributes(path, "unix:mode,dev,ino,size,lastModifiedTime,ctime", LinkOption.NOFOLLOW_LINKS);
        return new FileFacts(
                (Integer) facts.get("mode"),
                (Long) facts.get("dev"),
                (Long) facts.get("ino"),
                (Long) facts.get("size"),
                (FileTime) facts.get("lastModifiedTime"),
                (FileTime) facts.get("ctime"));
    }

    boolean isFile() {
        return is(FILE);
    }

    boolean isDirectory() {
        return is(DIRECTORY);
    }

    boolean isLink() {
        return is(LINK);
    }

    boolean isPipe() {
        return is(PIPE);
    }

    private boolean is(int type) {
        return (mode & TYPE) == type;
    }

    Key key() {
        return new Key(device, inode);
    }

    /** The kind of file in words, with an article. */
    String kind() {
        if (isFile()) {
            return "a file";
        }
        if (isDirectory()) {
            return "a directory";
        }
        if (isLink()) {
            return "a symbolic link";
        }
        if (isPipe()) {
            return "a named pipe";
        }
        return is(SOCKET) ? "a socket" : "a device";
    }

    /** Whether another look found the same file without any write in between, whatever its time says. */
    boolean isUntouched(FileFacts other) {
        return key().equals(other.key()) && size == other.size && changed.equals(other.changed);
    }
}
