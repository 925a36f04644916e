package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class QueueScopeTest {
    private static JobId id(String printed) {
        return JobId.parse(printed).orElseThrow();
    }

    @Test
    void oneQuestionUnlessJobsAreElsewhere() {
        assertEquals(Set.of(QueueScope.OWN), QueueScope.covering(List.of()));
        assertEquals(Set.of(QueueScope.OWN), QueueScope.covering(List.of(id("67108863"))));
    }

    @Test
    void aFederatedIdAsksTheFederation() {
        QueueScope scope =
                QueueScope.covering(List.of(id("67108865"))).iterator().next();
        assertEquals(List.of("squeue", "--federation", "--me"), scope.of("squeue", "--me"));
        assertTrue(id("4294967294").isFederated());
    }

    @Test
    void anotherClusterIsAskedOnItsOwnAndItsIdsKeepItsName() {
        Set<QueueScope> scopes = QueueScope.covering(List.of(id("12;beta"), id("13;beta")));
        assertEquals(Set.of(QueueScope.OWN, new QueueScope("beta", false)), scopes);
        QueueScope beta = new QueueScope("beta", false);
        assertEquals(List.of("sacct", "--clusters=beta"), beta.of("sacct"));
        assertEquals("12;beta", beta.qualify("12"));
        assertTrue(beta.includes(id("12;beta")) && !beta.includes(id("12")));
    }
}
