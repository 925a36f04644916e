package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes copies that share their blocks with the original until one of them is written to, on file systems that support
 * it (Btrfs, XFS, bcachefs, some network file systems). Java cannot do that, but {@code cp} of GNU and busybox can.
 * After the first refusal it is not tried again. Safe for several threads.
 */
final class Reflink {
    private static final long LIMIT_SECONDS = 60;

    private volatile boolean refused;

    /**
     * Copies a file with permissions and times.
     *
     * @return whether it was copied; if not, there is no copy
     */
    boolean copy(Path from, Path to) throws IOException, InterruptedException {
        if (refused) {
            return false;
        }
        ProcessBuilder builder = new ProcessBuilder(
                List.of("cp", "--reflink=always", "--preserve=mode,timestamps", "--", from.toString(), to.toString()));
        builder.redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        boolean copied;
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            try {
                copied = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            // This machine has no such command.
            copied = false;
        }
        if (!copied) {
            refused = true;
            Files.deleteIfExists(to);
        }
        return copied;
    }
}
