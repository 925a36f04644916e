package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClusterRulesTest {
    private static final Limits TEN_MINUTES = new Limits(null, null, null, "10", null);

    private static ClusterRules rules(Map<Directive, String> defaults) {
        return new ClusterRules("main", defaults, Limits.NONE, BindRoots.none("main"));
    }

    @Test
    void aDefaultIsUsedWhereTheBuildSetsNothing() {
        ClusterRules rules = rules(Map.of(Directive.PARTITION, "group1", Directive.TIME, "30"));
        assertEquals(
                List.of("--partition=group1", "--time=5", "--nice=1"),
                rules.apply(Map.of(Directive.TIME, "5"), List.of("--nice=1")).options());
    }

    @ParameterizedTest
    @CsvSource({
        "memory, 4G, --mem-per-cpu=2G",
        "gpus, 1, --gpus-per-node=2",
        "ntasks, 4, --ntasks-per-node=2",
        "cpusPerTask, 4, --cpus-per-gpu=2",
        "exclusive, true, --exclusive=user"
    })
    void aDefaultNeverContradictsAnOptionOfTheBuild(String field, String value, String option) {
        ClusterRules rules = rules(Map.of(Directive.ofField(field).orElseThrow(), value));
        assertEquals(List.of(option), rules.apply(Map.of(), List.of(option)).options());
    }

    @Test
    void onlyOneOptionRequestsGpus() {
        assertEquals(
                List.of("--gres=gpu:2"),
                rules(Map.of(Directive.GPUS, "1"))
                        .apply(Map.of(Directive.GRES, "gpu:2"), List.of())
                        .options());
        assertEquals(
                List.of("--gpus=1", "--gres=tmp:5"),
                rules(Map.of(Directive.GPUS, "1"))
                        .apply(Map.of(Directive.GRES, "tmp:5"), List.of())
                        .options());
        assertEquals(
                List.of("--gpus=2"),
                rules(Map.of(Directive.GRES, "gpu:1"))
                        .apply(Map.of(Directive.GPUS, "2"), List.of())
                        .options());
        assertEquals(
                List.of("--gpus=2", "--gres=tmp:5"),
                rules(Map.of(Directive.GRES, "tmp:5"))
                        .apply(Map.of(Directive.GPUS, "2"), List.of())
                        .options());
    }

    @Test
    void defaultsAreAppliedBeforeLimits() {
        ClusterRules rules = new ClusterRules("main", Map.of(Directive.TIME, "5"), TEN_MINUTES, BindRoots.none("main"));
        assertEquals(List.of("--time=5"), rules.apply(Map.of(), List.of()).options());
        InvalidRequestException refused =
                assertThrows(InvalidRequestException.class, () -> rules.apply(Map.of(Directive.TIME, "11"), List.of()));
        assertEquals("time", refused.field());
    }

    private static Home home(HomeRules homes, String asked, boolean inImage) {
        Home wanted = LaunchRequest.of(Map.of(LaunchOption.HOME, asked)).home();
        return new ClusterRules("main", Map.of(), Limits.NONE, BindRoots.none("main"))
                .with(homes)
                .home(wanted, inImage);
    }

    @Test
    void containersGetTheAccountsHomeOnlyIfTheClusterAllowsIt() {
        assertEquals(Home.JOB, home(HomeRules.OF_JOBS, "", true));
        assertEquals(Home.JOB, home(HomeRules.OF_JOBS, "job", true));
        assertEquals(
                "home: cluster main does not let builds have the account's home directory in a container; leave it out for"
                        + " one of the job's own, or have an administrator allow it in Manage Jenkins, System",
                assertThrows(InvalidRequestException.class, () -> home(HomeRules.OF_JOBS, "account", true))
                        .getMessage());
        assertEquals(Home.ACCOUNT, home(new HomeRules(Home.JOB, true), "account", true));
        assertEquals(Home.JOB, home(new HomeRules(Home.JOB, true), "", true));
        assertEquals(Home.ACCOUNT, home(new HomeRules(Home.ACCOUNT, false), "", true));
        assertEquals(Home.ACCOUNT, home(new HomeRules(Home.ACCOUNT, false), "account", true));
        assertEquals(Home.JOB, home(new HomeRules(Home.ACCOUNT, true), "job", true));
    }

    @ParameterizedTest
    @CsvSource({"'', USUAL", "job, JOB", "account, ACCOUNT"})
    void onTheHostTheBuildChoosesTheHome(String asked, Home expected) {
        assertEquals(expected, home(HomeRules.OF_JOBS, asked, false));
        assertEquals(expected, home(new HomeRules(Home.ACCOUNT, true), asked, false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"acount", "Job", "/home/ci", "~"})
    void anUnknownHomeIsTheBuildsMistake(String asked) {
        assertTrue(assertThrows(InvalidRequestException.class, () -> home(HomeRules.OF_JOBS, asked, true))
                .getMessage()
                .startsWith("home: '" + asked + "' is neither 'job', "));
    }

    @Test
    void aWrongValueIsTheBuildsOwnMistake() {
        InvalidRequestException refused = assertThrows(
                InvalidRequestException.class,
                () -> rules(Map.of(Directive.TIME, "5")).apply(Map.of(Directive.MEMORY, "much"), List.of()));
        assertEquals("memory", refused.field());
    }
}
