package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodeCheckRequest;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Finds out what the jobs of a cluster can do to each other and to the cluster. They can do much, because all of them
 * run as one Unix user.
 *
 * @param user name of that user
 * @param uid its number
 */
record AccountCheck(String user, int uid) {
    /** Time for both questions to Slurm together. */
    static final Duration LIMIT = Duration.ofSeconds(4);

    private static final String REMEDY = "; run the agent as a user of its own that may do nothing but submit jobs";
    private static final Pattern ADMIN_LEVEL = Pattern.compile("(?i)operator|admin(istrator)?");

    /** The user of this process. */
    static AccountCheck ofThisProcess() {
        int uid;
        try {
            uid = (Integer) Files.getAttribute(Path.of("/proc/self"), "unix:uid");
        } catch (IOException | UnsupportedOperationException e) {
            uid = -1;
        }
        return new AccountCheck(System.getProperty("user.name"), uid);
    }

    /** Reports whose rights the jobs have. */
    Finding account(CommandRunner commands) throws InterruptedException {
        if (uid == 0) {
            return Finding.doubtful("User: the agent runs as root, and so do all jobs" + REMEDY);
        }
        String role = slurmRole(commands);
        return role.isEmpty()
                ? Finding.good("User: all jobs run as " + user + ", and can do what that user can")
                : Finding.doubtful("User: all jobs run as " + user + ", who is " + role
                        + ": every job can cancel and change those of all users" + REMEDY);
    }

    private String slurmRole(CommandRunner commands) throws InterruptedException {
        if (said(commands, SlurmCommands.configuration())
                .lines()
                .anyMatch(line -> line.matches("SlurmUser\\s*=\\s*" + Pattern.quote(user) + "(\\(.*)?"))) {
            return "Slurm's own user (SlurmUser)";
        }
        String level = said(commands, SlurmCommands.adminLevel(user)).strip();
        return ADMIN_LEVEL.matcher(level).matches() ? "a Slurm operator (AdminLevel " + Printable.of(level) + ")" : "";
    }

    /** Slurm's answer; empty without accounting, or if it does not answer. */
    private static String said(CommandRunner commands, List<String> argv) throws InterruptedException {
        try {
            CommandResult result = commands.run(argv, LIMIT.dividedBy(2));
            return result.exitCode() == 0 ? result.stdout() : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** Checks whether builds may mount directories that contain those of other jobs. */
    static Finding mounts(HeadNodeCheckRequest request) {
        List<String> wide = request.bindRoots().stream()
                .filter(root -> contains(root, request.sharedDirectory()))
                .toList();
        return wide.isEmpty()
                ? Finding.good("Mounts: what builds may mount does not contain the shared directory")
                : Finding.doubtful(
                        "Mounts: " + String.join(", ", wide) + ", which builds may mount, contains the shared"
                                + " directory " + request.sharedDirectory()
                                + ": a build can read and change what other jobs have"
                                + " there, their secrets too; allow narrower directories");
    }

    private static boolean contains(String root, String shared) {
        return real(shared).startsWith(real(root));
    }

    private static Path real(String path) {
        try {
            return Path.of(path).toRealPath();
        } catch (IOException e) {
            return Path.of(path);
        }
    }
}
