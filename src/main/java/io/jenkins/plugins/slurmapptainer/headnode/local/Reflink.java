package io.jenkins.plugins.slurmapptainer.headnode.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Copies that share their blocks with the original until one of the two is written to, on file systems that have them
 * (Btrfs, XFS, bcachefs, some network file systems). Java cannot ask for one, {@code cp} of GNU and busybox can. After the
 * first refusal it is not tried again. Safe for several threads.
 */
final class Reflink {
    private static final long LIMIT_SECONDS = 60;

    private volatile boolean refused;

    /**
     * Copies a file with permissions and times.
     *
     * @return whether it was copied; if not, there is nothing
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
            // There is no such command.
            copied = false;
        }
        if (!copied) {
            refused = true;
            Files.deleteIfExists(to);
        }
        return copied;
    }
}
