package io.jenkins.plugins.slurmapptainer.headnode;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.cluster.RecordingHost;
import io.jenkins.plugins.slurmapptainer.engine.EngineFixture;
import io.jenkins.plugins.slurmapptainer.engine.FakeHeadNode;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the program prints is with the build before the end is told. */
class ReturnedOutputTest {
    private final EngineFixture bench = new EngineFixture();
    private final FakeHeadNode node = bench.node;
    private final JobRecord record = EngineFixture.record();

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void isThereBeforeTheEnd() throws Exception {
        node.printed = "a\n".getBytes(StandardCharsets.UTF_8);
        node.fail("returned", 1);
        node.succeeds(record, "12");
        RecordingHost host = bench.begin(record, EngineFixture.planReturning()).await();
        assertEquals(Outcome.success(), host.outcome());
        assertEquals("a\n", new String(host.returned(), StandardCharsets.UTF_8));
        assertEquals(2, node.count("returned"));
    }

    @Test
    void tooMuchIsAnErrorThatNamesTheLimit() throws Exception {
        node.printed = new byte[ReturnedOutput.MAX + 1];
        node.succeeds(record, "12");
        RecordingHost host = bench.begin(record, EngineFixture.planReturning()).await();
        assertEquals(Outcome.Kind.OUTPUT_MISSING, host.outcome().kind());
        assertTrue(OutcomeText.of(record).contains("more than the 4.0 MB"), OutcomeText.of(record));
        assertNull(host.returned());
    }

    @Test
    void ofAJobThatFailedItIsShown() throws Exception {
        node.printed = "why\n".getBytes(StandardCharsets.UTF_8);
        node.started(record, "12", 0);
        node.exits(record, "12", 0, 3, false);
        RecordingHost host = bench.begin(record, EngineFixture.planReturning()).await();
        assertEquals(Outcome.ofExitCode(3), host.outcome());
        assertTrue(host.output().contains("why\n"), host.output());
        assertNull(host.returned());
    }

    @Test
    void nobodyAsksForItOtherwise() throws Exception {
        node.succeeds(record, "12");
        bench.begin(record).await();
        assertEquals(0, node.count("returned"));
    }
}
