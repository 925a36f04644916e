package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Consoles and head nodes that answer late, beside a cluster that has nothing to do with them. */
@Timeout(60)
class SlowPeersTest {
    private static final int MANY = 40;

    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode slow = new FakeHeadNode();
    private final CountDownLatch released = new CountDownLatch(1);
    private final CountDownLatch reached = new CountDownLatch(1);

    @AfterEach
    void close() {
        released.countDown();
        fixture.close();
    }

    private void hang() {
        reached.countDown();
        try {
            released.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private JobRecord submittedToSlow(String id) {
        JobRecord record = new JobRecord(JobToken.random(), "slow", "/s/slow", "", 1);
        record.submitting("agent1");
        record.submitted(id, 1);
        return record;
    }

    private void follow(JobRecord record, RecordingClient client, JobClient seen) {
        client.job(fixture.run(record, seen, any -> new HeadNodes.Found("agent1", slow)));
        client.job().begin();
    }

    private void assertAnotherClusterGoesOn() throws Exception {
        JobRecord record = EngineFixture.record();
        fixture.node.succeeds(record, "12");
        RecordingClient client = fixture.begin(record, EngineFixture.plan());
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
    }

    @Test
    void outputThatAConsoleDoesNotTakeIsNotFetched() throws Exception {
        JobRecord record = submittedToSlow("1");
        slow.started(record, "1", 0);
        slow.prints(record, "first\n");
        RecordingClient client = new RecordingClient(EngineFixture.plan());
        follow(record, client, new DelegatingClient(client) {
            @Override
            public void output(byte[] bytes, int length) throws java.io.IOException {
                hang();
                super.output(bytes, length);
            }
        });
        reached.await();
        long asked = slow.count("observe");
        slow.prints(record, "second\n");
        assertAnotherClusterGoesOn();
        assertEquals(asked, slow.count("observe"));
        slow.exits(record, "1", 0, 0, false);
        released.countDown();
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
        assertEquals("first\nsecond\n", client.output());
    }

    @Test
    void aHeadNodeWhoseFilesDoNotAnswerTakesOneThread() throws Exception {
        slow.on("observe", this::hang);
        List<RecordingClient> clients = new ArrayList<>();
        List<JobRecord> records = new ArrayList<>();
        for (int i = 1; i <= MANY; i++) {
            JobRecord record = submittedToSlow(String.valueOf(i));
            RecordingClient client = new RecordingClient(EngineFixture.plan());
            follow(record, client, client);
            clients.add(client);
            records.add(record);
        }
        reached.await();
        assertAnotherClusterGoesOn();
        clients.get(0).until(() -> fixture.threads.active() <= 1);
        assertEquals(1, slow.count("observe"));
        for (int i = 0; i < MANY; i++) {
            slow.succeeds(records.get(i), String.valueOf(i + 1));
        }
        released.countDown();
        for (RecordingClient client : clients) {
            assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
            assertTrue(client.output().startsWith("hello\n"), client::output);
        }
    }
}
