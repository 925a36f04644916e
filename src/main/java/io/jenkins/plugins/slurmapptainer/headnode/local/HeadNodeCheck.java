package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodeCheckRequest;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.ShellQuoting;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether this machine can serve as the head node of a cluster, before any build tries. Takes at most
 * {@link #LIMIT} plus the time of the file system. It submits nothing and leaves nothing behind. For one thread.
 */
public final class HeadNodeCheck {
    /** Time for all commands together. */
    public static final Duration LIMIT = Duration.ofSeconds(20);

    private static final Duration VERSION_LIMIT = Duration.ofSeconds(3);
    private static final Duration TEST_LIMIT = Duration.ofSeconds(7);
    private static final Pattern VERSION = Pattern.compile("slurm(?:-wlm)? ([0-9]+)\\.([0-9]+).*");
    /** The oldest version that is tested: 22.05. */
    private static final int OLDEST = 2205;

    private static final int NOT_FOUND = 127;
    private static final int PREAMBLE_FAILED = 71;
    private static final long GIGABYTE = 1L << 30;

    private final CommandRunner commands;
    private final HeadNodeCheckRequest request;
    private final AccountCheck account;
    private final ArrayList<Finding> findings = new ArrayList<>();

    HeadNodeCheck(CommandRunner commands, HeadNodeCheckRequest request, AccountCheck account) {
        this.commands = commands;
        this.request = request;
        this.account = account;
    }

    /** Checks this machine. */
    public static ArrayList<Finding> run(SlurmAccess access, HeadNodeCheckRequest request) throws InterruptedException {
        return new HeadNodeCheck(new ProcessRunner(access), request, AccountCheck.ofThisProcess()).run();
    }

    ArrayList<Finding> run() throws InterruptedException {
        sharedDirectory();
        fileNames();
        if (slurmVersion()) {
            testOnly();
            mpi();
        }
        apptainer();
        findings.add(account.account(commands));
        if (!request.bindRoots().isEmpty()) {
            findings.add(AccountCheck.mounts(request));
        }
        return findings;
    }

    private void sharedDirectory() {
        Path directory = Path.of(request.sharedDirectory());
        String user = System.getProperty("user.name");
        if (!Files.isDirectory(directory)) {
            findings.add(Finding.bad("Shared directory: " + directory
                    + (Files.exists(directory)
                            ? " is no directory; write the path of one"
                            : " does not exist here; create it for " + user + ", or correct the path")));
            return;
        }
        Path probe = directory.resolve(".jenkins-test-" + UUID.randomUUID());
        String text = probe.toString();
        try {
            SmallFiles.createPrivateDirectory(probe);
            try {
                SmallFiles.write(probe.resolve("file"), text);
                if (!SmallFiles.read(probe.resolve("file")).orElse("").equals(text)) {
                    throw new IOException("what was written could not be read again");
                }
            } finally {
                SmallFiles.deleteTree(probe);
            }
            long free = Files.getFileStore(directory).getUsableSpace();
            String size = free / GIGABYTE + " GB free";
            findings.add(
                    free < GIGABYTE
                            ? Finding.doubtful(
                                    "Shared directory: " + directory + " is writable, but nearly full; make room")
                            : Finding.good("Shared directory: wrote and removed a file in " + directory + ", " + size));
        } catch (AccessDeniedException e) {
            findings.add(Finding.bad("Shared directory: user " + user + " may not write in " + directory + "; make "
                    + user + " its owner"));
        } catch (IOException e) {
            findings.add(Finding.bad("Shared directory: cannot write in " + directory + " as " + user + ": "
                    + Printable.of(e.toString())));
        }
    }

    /** Checks names of files here, because in a build every file with such a name would be a problem. */
    private void fileNames() {
        String locale = "sun.jnu.encoding is " + FileNames.encoding();
        findings.add(
                FileNames.canBe("\u00e4\u6771.txt")
                        ? Finding.good("File names: any can be written (" + locale + ")")
                        : Finding.doubtful(
                                "File names: Java on this head node cannot write names with other letters than"
                                        + " ASCII, because of its locale (" + locale + "); " + FileNames.REMEDY
                                        + " (for one over SSH: 'LC_ALL=C.UTF-8 ' with the blank as Prefix Start Agent Command),"
                                        + " and connect it anew"));
    }

    /** @return whether Slurm's commands can be used at all */
    private boolean slurmVersion() throws InterruptedException {
        CommandResult result = run(SlurmCommands.version(), VERSION_LIMIT);
        Matcher version = VERSION.matcher(result.stdout().strip());
        if (result.exitCode() == NOT_FOUND) {
            findings.add(Finding.bad("Slurm: sbatch cannot be run (" + words(result)
                    + "); write the directory of Slurm's commands, or put it on the agent's PATH, which is "
                    + Printable.of(String.valueOf(System.getenv("PATH")))));
            return false;
        }
        if (result.exitCode() != 0 || !version.matches()) {
            findings.add(Finding.bad("Slurm: 'sbatch --version' should print Slurm's version, but: " + words(result)));
            return !result.timedOut();
        }
        String found = Printable.of(result.stdout());
        int number = 100 * Integer.parseInt(version.group(1)) + Integer.parseInt(version.group(2));
        findings.add(
                number < OLDEST
                        ? Finding.doubtful(
                                "Slurm: " + found + " is older than 22.05, the oldest version that is tested")
                        : Finding.good("Slurm: " + found));
        return true;
    }

    private void testOnly() throws InterruptedException {
        CommandResult result = run(SlurmCommands.testOnly(request.options()), TEST_LIMIT);
        String command = "'sbatch --test-only"
                + request.options().stream().map(option -> " " + option).reduce("", String::concat) + "'";
        if (result.timedOut()) {
            findings.add(Finding.bad("Submission: " + command + " did not answer in " + TEST_LIMIT.toSeconds()
                    + " s; is slurmctld up, and can this machine reach it? " + words(result)));
        } else if (result.exitCode() == 0) {
            findings.add(Finding.good("Submission: " + command + ": " + words(result)));
        } else {
            findings.add(Finding.bad("Submission: " + command
                    + " was refused; set default options such as partition and account, or ask the cluster's"
                    + " administrator for them: "
                    + words(result)));
        }
    }

    private void mpi() throws InterruptedException {
        List<String> offered = MpiInterfaces.offered(commands);
        if (!offered.isEmpty()) {
            findings.add(Finding.good("MPI: builds can write mpi: with " + String.join(", ", offered)));
        }
    }

    private void apptainer() throws InterruptedException {
        StringBuilder script = new StringBuilder();
        for (String command : request.preamble()) {
            script.append("eval ").append(ShellQuoting.word(command)).append(" || exit ");
            script.append(PREAMBLE_FAILED).append('\n');
        }
        script.append("exec ").append(ShellQuoting.word(request.apptainer())).append(" --version\n");
        CommandResult result = run(List.of("bash", "-c", script.toString()), VERSION_LIMIT);
        if (result.exitCode() == 0) {
            findings.add(Finding.good("Container program: " + words(result)));
        } else if (result.exitCode() == PREAMBLE_FAILED && !request.preamble().isEmpty()) {
            findings.add(Finding.doubtful("Container program: a command before it failed on this head node; make sure"
                    + " that it works on the compute nodes: " + words(result)));
        } else if (result.exitCode() == NOT_FOUND) {
            findings.add(Finding.doubtful("Container program: " + request.apptainer()
                    + " is not there on this head node; make sure that the compute nodes have it"));
        } else {
            findings.add(Finding.doubtful("Container program: '" + request.apptainer() + " --version' "
                    + (result.timedOut() ? "did not answer" : "ended with exit code " + result.exitCode())
                    + " on this head node: " + words(result)));
        }
    }

    private CommandResult run(List<String> argv, Duration limit) throws InterruptedException {
        try {
            return commands.run(argv, limit);
        } catch (IOException e) {
            return new CommandResult(NOT_FOUND, "", String.valueOf(e.getMessage()));
        }
    }

    private static String words(CommandResult result) {
        String words = result.stdout().isBlank() ? result.stderr() : result.stdout();
        return Printable.of(words.isBlank() && result.timedOut() ? "no answer in time" : words);
    }
}
