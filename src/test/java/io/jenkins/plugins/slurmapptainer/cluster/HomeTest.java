package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.HomeRules;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The home directory of a program, with the real Slurm and the real Apptainer. */
@Tag("cluster")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HomeTest {
    private static final HomeRules CHOICE = new HomeRules(Home.JOB, true);

    private final RealCluster cluster = new RealCluster();
    private Path account;
    private Path mine;

    @BeforeEach
    void leaveSomethingThere() throws Exception {
        account = Path.of(RealCluster.required("HOME"));
        mine = Files.createTempDirectory(account, "of-the-account");
        Files.writeString(mine.resolve("found"), "found\n");
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
        try (var files = Files.list(mine)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(mine);
    }

    private RecordingClient run(String script, HomeRules homes, boolean inImage, Map<LaunchOption, String> values)
            throws InterruptedException {
        SlurmJobOptions options = new SlurmJobOptions(script);
        options.image(inImage ? "python_3.11" : null);
        values.forEach(options::set);
        ClusterRules rules = new ClusterRules("real", Map.of(), Limits.NONE, BindRoots.none("real")).with(homes);
        RecordingClient host = cluster.start(cluster.plan(options, rules, "")).await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        return host;
    }

    private String use() {
        String directory = "~/" + account.relativize(mine);
        return "echo \"$HOME\"; cat " + directory + "/found; echo left >" + directory + "/left";
    }

    private void assertIsTheAccounts(RecordingClient host) throws Exception {
        assertTrue(host.output().contains(account + "\nfound\n"), host::output);
        assertEquals("left\n", Files.readString(mine.resolve("left")));
        assertFalse(Files.exists(Path.of(host.record().directory().path(), "home")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aContainerShowsTheAccountsHome(boolean containall) throws Exception {
        assertIsTheAccounts(run(
                use(),
                CHOICE,
                true,
                Map.of(LaunchOption.HOME, "account", LaunchOption.CONTAINALL, String.valueOf(containall))));
    }

    @Test
    void theAccountsHomeCanBeTheClustersDefault() throws Exception {
        assertIsTheAccounts(run(use(), new HomeRules(Home.ACCOUNT, false), true, Map.of()));
    }

    @Test
    void onTheHostTheHomeIsTheAccountsOrTheJobs() throws Exception {
        assertIsTheAccounts(run(use(), HomeRules.OF_JOBS, false, Map.of(LaunchOption.HOME, "account")));
        RecordingClient host =
                run("echo \"$HOME\"; ls -A ~; touch ~/new", HomeRules.OF_JOBS, false, Map.of(LaunchOption.HOME, "job"));
        String own = host.record().directory().path() + "/home";
        assertTrue(host.output().contains(own + "\nExecution completed\n"), host::output);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theJobsOwnHomeShowsNothingOfTheAccount(boolean containall) throws Exception {
        RecordingClient host = run(
                "echo \"$HOME\"; ls -A ~; touch ~/new",
                CHOICE,
                true,
                Map.of(LaunchOption.HOME, "job", LaunchOption.CONTAINALL, String.valueOf(containall)));
        String own = host.record().directory().path() + "/home";
        assertTrue(host.output().contains(own + "\nApptainer execution completed\n"), host::output);
    }

    @Test
    void ifTheAccountsHomeIsNotAllowedNothingIsSubmitted() {
        InvalidRequestException refused = assertThrows(
                InvalidRequestException.class,
                () -> run("true", HomeRules.OF_JOBS, true, Map.of(LaunchOption.HOME, "account")));
        assertTrue(
                refused.getMessage()
                        .startsWith(
                                "home: cluster real does not let builds have the account's home directory in a container; "),
                refused.getMessage());
    }
}
