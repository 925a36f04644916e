package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.ContainerFlag;
import io.jenkins.plugins.slurmapptainer.job.ContainerRules;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an administrator says of containers goes before what a build says. */
class ContainerRulesTest {
    private static JobPlan plan(SlurmJobOptions options, ContainerRules rules) {
        return OptionsCheck.plan(
                options,
                "/shared",
                ContainerProgram.of("apptainer"),
                new ClusterRules("main", Map.of(), Limits.NONE, BindRoots.none("main")).with(rules),
                wanted -> ImageRecord.ofPath(wanted, "/i/" + wanted + ".sif"),
                () -> "",
                "job",
                Map.of());
    }

    private static SlurmJobOptions options(String image) {
        SlurmJobOptions options = new SlurmJobOptions("true");
        options.image(image);
        return options;
    }

    @Test
    void withoutARequiredImageNothingRuns() {
        ContainerRules required = new ContainerRules(true, false);
        InvalidRequestException refusal =
                assertThrows(InvalidRequestException.class, () -> plan(options(null), required));
        assertEquals("image", refusal.field());
        assertTrue(refusal.getMessage().contains("cluster main runs scripts in images only"), refusal.getMessage());
        assertEquals(
                Set.of(),
                plan(options("python"), required).image().orElseThrow().flags());
        assertTrue(plan(options(null), ContainerRules.NONE).image().isEmpty());
    }

    @Test
    void aScriptBesideTheImageOfItsJobIsRefusedToo() {
        ContainerRules required = new ContainerRules(true, false);
        SlurmJobOptions options = options("python");
        options.set(LaunchOption.LAUNCH, "host");
        InvalidRequestException refusal = assertThrows(InvalidRequestException.class, () -> plan(options, required));
        assertEquals("launch", refusal.field());
        assertTrue(plan(options, ContainerRules.NONE).image().isPresent());
        options.set(LaunchOption.LAUNCH, "srun");
        assertTrue(plan(options, required).launch().isBySrun());
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "false"})
    void theClusterCanForceContainall(String asked) {
        SlurmJobOptions options = options("python");
        options.set(LaunchOption.CONTAINALL, asked);
        options.set(LaunchOption.WRITABLE_TMPFS, "true");
        assertEquals(
                Set.of(ContainerFlag.CONTAINALL, ContainerFlag.WRITABLE_TMPFS),
                plan(options, new ContainerRules(false, true))
                        .image()
                        .orElseThrow()
                        .flags());
    }
}
