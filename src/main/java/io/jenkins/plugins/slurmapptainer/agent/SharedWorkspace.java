package io.jenkins.plugins.slurmapptainer.agent;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.UUID;

/**
 * Finds out whether head nodes see the workspace of another agent under the same path. An equal path proves nothing: so
 * the agent leaves a file with a random text, and a head node must find it. The head node's own user must also be the
 * one who wrote it, because the job works in the workspace as that user.
 */
final class SharedWorkspace {
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final String PREFIX = ".slurm-apptainer-";

    private SharedWorkspace() {}

    /** @param path of the workspace on the agent, absolute */
    static boolean isSeen(AgentConnection agent, String path, AgentConnection headNode)
            throws IOException, InterruptedException {
        String token = UUID.randomUUID().toString();
        if (!agent.call(new Leave(path, token), LIMIT)) {
            return false;
        }
        try {
            return headNode.call(new Find(path, token), LIMIT);
        } finally {
            agent.call(new Remove(path, token), LIMIT);
        }
    }

    private static Path file(String workspace, String token) {
        return Path.of(workspace, PREFIX + token);
    }

    /** Writes the file. Answers whether that worked. */
    record Leave(String workspace, String token) implements AgentCall<Boolean> {
        @Override
        public Boolean call() {
            try {
                Files.createDirectories(Path.of(workspace));
                Files.write(
                        file(workspace, token),
                        token.getBytes(StandardCharsets.UTF_8),
                        StandardOpenOption.CREATE_NEW,
                        StandardOpenOption.WRITE);
                return true;
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public Boolean checked(Boolean answer) {
            return answer;
        }
    }

    /**
     * Looks for the file. Answers whether it is there, and whether this process's user may work there as the one who
     * wrote it.
     */
    record Find(String workspace, String token) implements AgentCall<Boolean> {
        @Override
        public Boolean call() {
            Path file = file(workspace, token);
            try {
                Object owner = Files.getAttribute(file, "unix:uid", LinkOption.NOFOLLOW_LINKS);
                return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                        && Files.size(file) == token.length()
                        && Files.readString(file).equals(token)
                        && owner.equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
            } catch (IOException | UnsupportedOperationException | IllegalArgumentException e) {
                return false;
            }
        }

        @Override
        public Boolean checked(Boolean answer) {
            return answer;
        }
    }

    record Remove(String workspace, String token) implements AgentCall<Boolean> {
        @Override
        public Boolean call() throws IOException {
            return Files.deleteIfExists(file(workspace, token));
        }

        @Override
        public Boolean checked(Boolean answer) {
            return answer;
        }
    }
}
