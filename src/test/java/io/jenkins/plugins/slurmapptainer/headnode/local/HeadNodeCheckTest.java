package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodeCheckRequest;
import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeadNodeCheckTest {
    /** Answers like a good head node unless a test wants something else. */
    private static final class Commands implements CommandRunner {
        CommandResult version = new CommandResult(0, "slurm 22.05.8\n", "");
        CommandResult test = new CommandResult(0, "", "sbatch: Job 7 to start at 2026-01-01T00:00:00 on nodes n1\n");
        CommandResult bash = new CommandResult(0, "apptainer version 1.4.5\n", "");
        CommandResult configuration = new CommandResult(0, "SlurmdUser   = root(0)\nSlurmUser    = slurm(64030)\n", "");
        CommandResult adminLevel =
                new CommandResult(1, "", "You are not running a supported accounting_storage plugin\n");
        CommandResult mpi = new CommandResult(0, "", "MPI plugin types are...\n\tnone\n\tpmi2\n");
        IOException broken;
        Duration total = Duration.ZERO;
        List<String> tested = List.of();

        @Override
        public CommandResult run(List<String> argv, Duration limit) throws IOException {
            total = total.plus(limit);
            if (argv.get(0).equals("bash")) {
                return bash;
            }
            if (broken != null) {
                throw broken;
            }
            if (argv.contains("--version")) {
                return version;
            }
            if (argv.get(0).equals("srun")) {
                return mpi;
            }
            if (argv.get(0).equals("scontrol")) {
                return configuration;
            }
            if (argv.get(0).equals("sacctmgr")) {
                return adminLevel;
            }
            tested = argv;
            return test;
        }
    }

    @TempDir
    private Path shared;

    private final Commands commands = new Commands();
    private final ArrayList<String> roots = new ArrayList<>();
    private AccountCheck account = new AccountCheck("ci", 1000);

    private List<Finding> check(String directory) throws InterruptedException {
        ArrayList<String> options = new ArrayList<>(List.of("--partition=group1"));
        return new HeadNodeCheck(
                        commands,
                        new HeadNodeCheckRequest(directory, options, "apptainer", new ArrayList<>(), roots),
                        account)
                .run();
    }

    private Finding only(Finding.Kind kind) throws InterruptedException {
        List<Finding> found = check(shared.toString()).stream()
                .filter(finding -> finding.kind() == kind)
                .toList();
        assertEquals(1, found.size(), found.toString());
        return found.get(0);
    }

    private static void says(Finding finding, String... words) {
        for (String word : words) {
            assertTrue(finding.text().contains(word), finding::text);
        }
    }

    @Test
    void aGoodHeadNodeIsReportedInSevenLines() throws Exception {
        List<Finding> findings = check(shared.toString());
        assertTrue(findings.stream().allMatch(finding -> finding.kind() == Finding.Kind.GOOD), findings.toString());
        says(findings.get(0), "wrote and removed a file in " + shared, " GB free");
        assertEquals(
                "File names: any can be written (sun.jnu.encoding is UTF-8)",
                findings.get(1).text());
        assertEquals("Slurm: slurm 22.05.8", findings.get(2).text());
        says(findings.get(3), "sbatch --test-only --partition=group1", "to start at 2026-01-01");
        assertEquals(
                "MPI: builds can write mpi: with none, pmi2", findings.get(4).text());
        assertEquals(
                "Container program: apptainer version 1.4.5", findings.get(5).text());
        assertEquals(
                "User: all jobs run as ci, and can do what that user can",
                findings.get(6).text());
        assertEquals(7, findings.size());
    }

    @Test
    void nothingIsLeftBehindAndNothingSubmitted() throws Exception {
        check(shared.toString());
        try (var files = Files.list(shared)) {
            assertEquals(0, files.count());
        }
        assertTrue(commands.tested.contains("--test-only"));
        assertTrue(commands.total.compareTo(HeadNodeCheck.LIMIT) <= 0, commands.total.toString());
    }

    @Test
    void aMissingSharedDirectoryIsReported() throws Exception {
        Finding finding = check(shared + "/none").get(0);
        assertEquals(Finding.Kind.BAD, finding.kind());
        says(finding, shared + "/none does not exist here", System.getProperty("user.name"));
    }

    @Test
    void aSharedDirectoryThatIsAFileIsReported() throws Exception {
        Finding finding =
                check(Files.createFile(shared.resolve("file")).toString()).get(0);
        assertEquals(Finding.Kind.BAD, finding.kind());
        says(finding, "is no directory");
    }

    @Test
    void anUnwritableSharedDirectoryIsReported() throws Exception {
        Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("r-xr-xr-x"));
        assumeFalse(Files.isWritable(shared), "root may write everywhere");
        says(only(Finding.Kind.BAD), "may not write in " + shared);
    }

    @Test
    void aMissingSbatchIsReported() throws Exception {
        commands.broken = new IOException("Cannot run program \"sbatch\"");
        says(only(Finding.Kind.BAD), "sbatch cannot be run", "directory of Slurm's commands", System.getenv("PATH"));
        assertEquals(List.of(), commands.tested, "what cannot be run is not tried again");
    }

    @Test
    void anOldSlurmIsReported() throws Exception {
        commands.version = new CommandResult(0, "slurm-wlm 20.11.4\n", "");
        says(only(Finding.Kind.DOUBTFUL), "20.11.4 is older than 22.05");
    }

    @Test
    void anSbatchThatIsAnotherProgramIsReported() throws Exception {
        commands.version = new CommandResult(0, "hello\u001b[31m\n", "");
        Finding finding = only(Finding.Kind.BAD);
        says(finding, "should print Slurm's version, but: hello");
        assertFalse(finding.text().contains("\u001b"));
    }

    @Test
    void aRefusedTestJobIsReported() throws Exception {
        commands.test = new CommandResult(1, "", "allocation failure: Invalid partition name specified\n");
        says(only(Finding.Kind.BAD), "was refused", "Invalid partition name specified");
    }

    @Test
    void aSilentControllerIsReported() throws Exception {
        commands.test = new CommandResult(CommandResult.TIMED_OUT, "", "");
        says(only(Finding.Kind.BAD), "did not answer in", "slurmctld");
    }

    @Test
    void noContainerProgramOnTheHeadNodeIsNoFault() throws Exception {
        commands.bash = new CommandResult(127, "", "bash: line 1: exec: apptainer: not found");
        says(only(Finding.Kind.DOUBTFUL), "is not there on this head node", "compute nodes");
    }

    @Test
    void thePreambleRunsBeforeTheContainerProgram() throws Exception {
        Path program = Files.writeString(shared.resolve("my-apptainer"), "#!/bin/sh\necho my version $1\n");
        assertTrue(program.toFile().setExecutable(true));
        assertEquals(
                "Container program: my version --version",
                real("my-apptainer", "load() { PATH=$1:$PATH; }", "load '" + shared + "'")
                        .text());
        Finding failed = real("my-apptainer", "no-such-module-command load apptainer");
        assertEquals(Finding.Kind.DOUBTFUL, failed.kind());
        says(failed, "a command before it failed", "no-such-module-command");
    }

    /** What the shell itself says. */
    private Finding real(String apptainer, String... preamble) throws InterruptedException {
        ArrayList<String> lines = new ArrayList<>(List.of(preamble));
        HeadNodeCheckRequest request =
                new HeadNodeCheckRequest(shared.toString(), new ArrayList<>(), apptainer, lines, new ArrayList<>());
        ArrayList<Finding> findings = HeadNodeCheck.run(SlurmAccess.ON_PATH, request);
        return findings.stream()
                .filter(finding -> finding.text().startsWith("Container program"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void jobsThatRunAsRootAreDoubtful() throws Exception {
        account = new AccountCheck("root", 0);
        says(only(Finding.Kind.DOUBTFUL), "the agent runs as root, and so do all jobs", "user of its own");
    }

    @Test
    void jobsThatRunAsSlurmsOwnUserAreDoubtful() throws Exception {
        account = new AccountCheck("slurm", 64030);
        says(only(Finding.Kind.DOUBTFUL), "all jobs run as slurm, who is Slurm's own user (SlurmUser)");
        account = new AccountCheck("slur", 1000);
        assertTrue(check(shared.toString()).stream().allMatch(finding -> finding.kind() == Finding.Kind.GOOD));
    }

    @ParameterizedTest
    @ValueSource(strings = {"Operator", "Administrator"})
    void jobsThatRunAsAnOperatorAreDoubtful(String level) throws Exception {
        commands.adminLevel = new CommandResult(0, level + "\n", "");
        says(only(Finding.Kind.DOUBTFUL), "who is a Slurm operator (AdminLevel " + level + ")");
        commands.adminLevel = new CommandResult(0, "None\n", "");
        assertTrue(check(shared.toString()).stream().allMatch(finding -> finding.kind() == Finding.Kind.GOOD));
    }

    /** Also by a link. */
    @Test
    void mountsThatShowOtherJobsAreDoubtful() throws Exception {
        Path folder = Files.createDirectory(shared.resolve("folder"));
        Path link = Files.createSymbolicLink(shared.resolve("link"), shared);
        roots.add(folder.toString());
        assertTrue(check(shared.toString()).stream().allMatch(finding -> finding.kind() == Finding.Kind.GOOD));
        roots.add(link.toString());
        says(only(Finding.Kind.DOUBTFUL), link + ", which builds may mount, contains the shared directory " + shared);
    }

    @Test
    void nothingIsSaidOfMpiWhereSrunIsNot() throws Exception {
        commands.mpi = new CommandResult(127, "", "srun: not found");
        assertTrue(check(shared.toString()).stream()
                .noneMatch(finding -> finding.text().startsWith("MPI")));
    }
}
