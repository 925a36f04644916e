package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import hudson.AbortException;
import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlurmInfrastructureConditionTest {
    private final SlurmInfrastructureCondition condition = new SlurmInfrastructureCondition();

    @ParameterizedTest
    @EnumSource(Outcome.Kind.class)
    void theConditionHoldsOnlyForFailuresOfTheCluster(Outcome.Kind kind) {
        SlurmJobException failure = SlurmJobException.ended(List.of(EndedJobs.job12(Outcome.of(kind, ""))));
        assertEquals(kind.isInfrastructure(), condition.test(failure, null));
    }

    @Test
    void theConditionDoesNotHoldForOtherErrors() {
        assertFalse(condition.test(new AbortException("memory: 'much' is not a size"), null));
        assertFalse(condition.test(new IOException("the agent is gone"), null));
    }
}
