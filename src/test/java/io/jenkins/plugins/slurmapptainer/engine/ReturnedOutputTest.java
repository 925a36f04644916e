package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.ReturnedOutput;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the program prints is with the build before the end is told. */
class ReturnedOutputTest {
    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode node = fixture.node;
    private final JobRecord record = EngineFixture.record();

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void theOutputIsReturnedBeforeTheEndIsReported() throws Exception {
        node.printed = "a\n".getBytes(StandardCharsets.UTF_8);
        node.fail("returned", 1);
        node.succeeds(record, "12");
        RecordingClient client =
                fixture.begin(record, EngineFixture.planReturning()).await();
        assertEquals(Outcome.success(), client.outcome());
        assertEquals("a\n", new String(client.returned(), StandardCharsets.UTF_8));
        assertEquals(2, node.count("returned"));
    }

    @Test
    void tooMuchIsAnErrorThatNamesTheLimit() throws Exception {
        node.printed = new byte[ReturnedOutput.MAX + 1];
        node.succeeds(record, "12");
        RecordingClient client =
                fixture.begin(record, EngineFixture.planReturning()).await();
        assertEquals(Outcome.Kind.OUTPUT_MISSING, client.outcome().kind());
        assertTrue(OutcomeText.of(record).contains("more than the 4.0 MB"), OutcomeText.of(record));
        assertNull(client.returned());
    }

    @Test
    void theOutputOfAFailedJobIsShown() throws Exception {
        node.printed = "why\n".getBytes(StandardCharsets.UTF_8);
        node.started(record, "12", 0);
        node.exits(record, "12", 0, 3, false);
        RecordingClient client =
                fixture.begin(record, EngineFixture.planReturning()).await();
        assertEquals(Outcome.ofExitCode(3), client.outcome());
        assertTrue(client.output().contains("why\n"), client.output());
        assertNull(client.returned());
    }

    @Test
    void withoutReturnStdoutTheOutputIsNotRead() throws Exception {
        node.succeeds(record, "12");
        fixture.begin(record).await();
        assertEquals(0, node.count("returned"));
    }
}
