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
 * The working directory of a job as the place where outputs are read, with the rights of this process. It is held open first, and
 * then has to lie where it may, by what is above it; so it does not matter what the job has done to the path, or does meanwhile.
 */
final class OutputDirectory {
    /** Of this machine and of this process, whatever an administrator allows. */
    private static final List<String> NEVER = List.of("/proc", "/sys", "/dev");

    private final OutputFence fence;
    private final Set<Object> allowed = new HashSet<>();
    private final Set<Object> refused = new HashSet<>();

    private OutputDirectory(OutputFence fence) {
        this.fence = fence;
    }

    /**
     * Holds the directory.
     *
     * @throws OutsideException when outputs may not be read there
     * @throws IOException when there is no such directory, or it cannot be read
     */
    static Enclosure open(String workingDirectory, OutputFence fence) throws IOException {
        return new OutputDirectory(fence).open(workingDirectory);
    }

    /** Outputs may not be read there. */
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

    /** The nearest directory above that has a meaning counts; but nothing makes up for what is never read. */
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

    /** Those of other jobs are not this build's, although directories above them may be. */
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
            // Without them nothing there is allowed.
        }
    }

    private void enter(HeldDirectory directory, Path name) {
        try (HeldDirectory own = directory.enter(name)) {
            allowed.add(own.key());
        } catch (IOException e) {
            // As above.
        }
    }

    /** It was no link when the job began. */
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
            // Not opened: one may lead through directories that one may not list.
            keys.add(Files.readAttributes(Path.of(path), BasicFileAttributes.class)
                    .fileKey());
        } catch (IOException e) {
            // What is not there, nothing lies below.
        }
    }
}
