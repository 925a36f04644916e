package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AllocationCheckTest {
    private static JobPlan plan(Consumer<SlurmJobOptions> change) {
        SlurmJobOptions options = SlurmJobOptions.ofAllocation();
        change.accept(options);
        return OptionsCheck.plan(
                options,
                "/shared",
                ContainerProgram.of("apptainer"),
                new ClusterRules("real", Map.of(), Limits.NONE, BindRoots.none("real")),
                name -> {
                    throw new AssertionError(name);
                },
                () -> "/shared/workspace",
                "job",
                Map.of());
    }

    @Test
    void anAllocationNeedsNothingButAWorkspace() {
        JobPlan plan = plan(options -> {});
        assertEquals(Launch.ALLOCATION, plan.launch());
        assertEquals("/shared/workspace", plan.workspace().path());
        assertEquals(ScriptText.ofAllocation().text(), plan.script().text());
    }

    private static void refused(String words, Consumer<SlurmJobOptions> change) {
        String message =
                assertThrows(InvalidRequestException.class, () -> plan(change)).getMessage();
        assertTrue(message.startsWith(words), message);
    }

    @Test
    void whatTemplatesMayAskForButABlockCannotDoIsRefused() {
        refused("array: a block of steps", options -> options.set(Directive.ARRAY, "1-3"));
        refused("workingDirectory: a block", options -> options.set(LaunchOption.WORKING_DIRECTORY, "/scratch"));
        refused("options: a block of steps cannot be requeued", options -> options.options(List.of("--requeue")));
    }
}
