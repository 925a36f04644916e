package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Home;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which directory is the program's home. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class BatchScriptHomeTest {
    private static final String SHOW = "echo \"$HOME\"; echo x >~/made";

    @TempDir
    private Path folder;

    private ScriptRun run;
    private Path account;
    private Path own;

    @BeforeEach
    void prepare() throws Exception {
        run = new ScriptRun(folder);
        account = Files.createDirectory(folder.resolve("account, it's"));
        own = Path.of(run.directory().path(), "home");
        run.with("HOME", account.toString());
    }

    private void assertIs(Path home) throws Exception {
        assertEquals(0, run.run(SHOW));
        assertEquals(home + "\n", run.program());
        assertTrue(Files.exists(home.resolve("made")));
        assertEquals(home.equals(own), Files.exists(own));
    }

    @ParameterizedTest
    @EnumSource(names = {"USUAL", "JOB"})
    void inAnImageTheHomeIsTheJobs(Home home) throws Exception {
        run.home(home);
        assertIs(own);
    }

    @Test
    void inAnImageTheHomeCanBeTheAccounts() throws Exception {
        run.home(Home.ACCOUNT);
        assertIs(account);
    }

    @ParameterizedTest
    @EnumSource(names = {"USUAL", "ACCOUNT"})
    void onTheHostTheHomeIsTheAccounts(Home home) throws Exception {
        run.onHost().home(home);
        assertIs(account);
    }

    @Test
    void onTheHostTheHomeCanBeTheJobs() throws Exception {
        run.onHost().home(Home.JOB);
        assertIs(own);
    }

    @Test
    void onTheHostTheHomeIsTheJobsIfTheAccountHasNone() throws Exception {
        run.onHost().with("HOME", folder + "/missing");
        assertIs(own);
    }

    @Test
    void eachTaskHasAHomeOfItsOwn() throws Exception {
        run.array("1-2").task(2).onHost().home(Home.JOB);
        assertEquals(0, run.run(SHOW));
        assertEquals(run.directory().path() + "/home\n", run.program());
    }

    /** As the node knows the account, like Apptainer itself. */
    @ParameterizedTest
    @ValueSource(strings = {"/no/such/directory", "", "/", "relative"})
    void withoutHomeInTheEnvironmentTheNodesEntryForTheAccountCounts(String named) throws Exception {
        programs(account.toString());
        run.with("HOME", named).home(Home.ACCOUNT);
        assertIs(account);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anAccountWithoutAHomeEndsTheJobBeforeTheProgram(boolean inImage) throws Exception {
        programs("/nonexistent");
        run.with("HOME", "/no/home").home(Home.ACCOUNT);
        if (!inImage) {
            run.onHost();
        }
        assertEquals(72, run.run("echo here"));
        assertTrue(
                run.output()
                        .endsWith(
                                " has no home directory on node n1: there is neither '/no/home', which HOME says, nor"
                                        + " '/nonexistent', which the node says. With home: 'job' the job has one of its own.\n"),
                run.output());
        assertFalse(run.output().contains("here\n"), run.output());
        assertTrue(run.exitRecord(0).contains(" exit=72 stage=prepare "), run.exitRecord(0));
    }

    private void programs(String known) throws Exception {
        Path getent = Files.writeString(
                folder.resolve("bin/getent"), "#!/bin/sh\necho \"ci:x:5:60:CI:" + known + ":/bin/sh\"\n");
        assertTrue(getent.toFile().setExecutable(true));
    }
}
