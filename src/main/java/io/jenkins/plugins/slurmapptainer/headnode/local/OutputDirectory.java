package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The working directory of a job, from which outputs are read with the rights of this process. It is first opened and
 * held. Then the directories above it must allow it. So nothing that the job does to the path, before or now, has an
 * effect.
 */
final class OutputDirectory {
    /** Directories of this machine and this process that are never read, whatever an administrator allows. */
    private static final List<String> NEVER = List.of("/proc", "/sys", "/dev");

    private final OutputFence fence;
    private final Set<Object> allowed = new HashSet<>();
    private final Set<Object> refused = new HashSet<>();

    private OutputDirectory(OutputFence fence) {
        this.fence = fence;
    }

    /**
     * Opens and holds the directory.
     *
     * @throws OutsideException when outputs must not be read there
     * @throws IOException when there is no such directory, or it cannot be read
     */
    static Enclosure open(String workingDirectory, OutputFence fence) throws IOException {
        return new OutputDirectory(fence).open(workingDirectory);
    }

    /** Outputs must not be read there. */
    static final class OutsideException extends IOException {
        private static final long serialVersionUID = 1L;

        OutsideException(String message) {
            super(message);
        }
    }

    private Enclosure open(String workingDirectory) throws IOException {
        Path path = Path.of(workingDirectory);
        HeldDirectory held = HeldDirectory.open(path);
        boolean within = false;
        try {
            within = isAllowed(held);
            if (!within) {
                throw new OutsideException(
                        "outputs are not read in " + workingDirectory + leadsTo(path) + ", only in the job's"
                                + " directory, in the build's workspace if the job works there, and below what the cluster lets builds"
                                + " mount: "
                                + (fence.roots().isEmpty()
                                        ? "nothing, until an administrator lists directories in Manage Jenkins, System"
                                        : String.join(", ", fence.roots())));
            }
        } finally {
            if (!within) {
                held.close();
            }
        }
        return Enclosure.of(held);
    }

    private static String leadsTo(Path path) {
        try {
            Path real = path.toRealPath();
            return real.equals(path) ? "" : ", which leads to " + FileNames.printable(real);
        } catch (IOException e) {
            return "";
        }
    }

    /**
     * The nearest directory above that is allowed or refused decides. A directory that is never read stays refused in
     * any case.
     */
    private boolean isAllowed(HeldDirectory held) throws IOException {
        List<Object> above = held.above();
        Set<Object> never = new HashSet<>();
        NEVER.forEach(path -> add(never, path));
        if (above.stream().anyMatch(never::contains)) {
            return false;
        }
        jobDirectories();
        workspace();
        fence.roots().forEach(root -> add(allowed, root));
        for (Object key : above) {
            if (allowed.contains(key)) {
                return true;
            }
            if (refused.contains(key)) {
                return false;
            }
        }
        return false;
    }

    /** Allows the job's own directories and refuses those of other jobs, even if a directory above them is allowed. */
    private void jobDirectories() {
        JobDirectory job = fence.directory();
        try (HeldDirectory root = HeldDirectory.open(Path.of(job.root()))) {
            refused.add(root.key());
            try (HeldDirectory directory = root.enter(Path.of(job.token().value()))) {
                for (String own : List.of(job.files(), job.taskFiles())) {
                    enter(directory, Path.of(own).getFileName());
                }
            }
        } catch (IOException e) {
            // Without the job's directories, nothing there is allowed.
        }
    }

    private void enter(HeldDirectory directory, Path name) {
        try (HeldDirectory own = directory.enter(name)) {
            allowed.add(own.key());
        } catch (IOException e) {
            // As above.
        }
    }

    /** Allows the workspace, unless it has become a link since the job started. */
    private void workspace() {
        try {
            if (!fence.workspace().isEmpty()
                    && Path.of(fence.workspace()).toRealPath().toString().equals(fence.workspace())) {
                add(allowed, fence.workspace());
            }
        } catch (IOException e) {
            // As above.
        }
    }

    private static void add(Set<Object> keys, String path) {
        try {
            // Not opened, because its path may lead through directories that cannot be listed.
            keys.add(Files.readAttributes(Path.of(path), BasicFileAttributes.class)
                    .fileKey());
        } catch (IOException e) {
            // Nothing lies below a directory that does not exist.
        }
    }
}
