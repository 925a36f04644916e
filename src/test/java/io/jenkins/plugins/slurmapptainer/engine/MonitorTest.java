package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorTest {
    @Test
    void twoHundredJobsNeedOneCallOfSqueueAtATime() throws Exception {
        Duration interval = Duration.ofMillis(250);
        try (EngineFixture fixture = new EngineFixture(new EngineSettings(interval, Duration.ofMinutes(1)))) {
            List<JobRecord> records = new ArrayList<>();
            List<RecordingClient> hosts = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                fixture.node.lists("" + i, JobState.PENDING, "Priority");
                records.add(EngineFixture.submitted("" + i));
            }
            long begin = System.nanoTime();
            records.forEach(record -> hosts.add(fixture.begin(record)));
            for (RecordingClient client : hosts) {
                client.until(() -> client.lines().size() == 1);
            }
            Thread.sleep(1_000);
            for (int i = 0; i < 200; i++) {
                fixture.node.succeeds(records.get(i), "" + (i + 1));
            }
            for (RecordingClient client : hosts) {
                assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
                assertEquals("hello\n", client.output());
            }
            long asked = fixture.node.count("observe squeue");
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertTrue(asked >= 2 && asked <= millis / interval.toMillis() + 1, asked + " calls in " + millis + " ms");
            assertEquals(1, fixture.node.mostObserving(), "calls at the same time");
        }
    }

    @Test
    void noThreadIsUsedWithoutJobs() throws Exception {
        try (EngineFixture fixture = new EngineFixture()) {
            JobRecord record = EngineFixture.record();
            RecordingClient client = fixture.begin(record);
            client.until(() -> fixture.node.count("observe") > 2);
            client.until(() -> fixture.threads.active() == 1);
            fixture.node.succeeds(record, "12");
            client.await().until(() -> fixture.threads.active() == 0);
            long calls = fixture.node.calls.size();
            Waits.stays("the head node is asked", Duration.ofMillis(300), () -> fixture.node.calls.size() == calls);
            JobRecord next = EngineFixture.record();
            fixture.node.succeeds(next, "12");
            assertEquals(
                    Outcome.Kind.SUCCESS, fixture.begin(next).await().outcome().kind());
        }
    }

    @Test
    void anEndIsSeenAtOnceWithoutSqueue() throws Exception {
        try (EngineFixture fixture = new EngineFixture(EngineSettings.DEFAULTS)) {
            JobRecord record = EngineFixture.submitted("12");
            RecordingClient client = fixture.begin(record);
            client.until(() -> fixture.node.count("observe") >= 2);
            long before = System.nanoTime();
            fixture.node.succeeds(record, "12");
            client.await();
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis < 8_000, millis + " ms");
            assertEquals(1, fixture.node.count("observe squeue"));
        }
    }

    @Test
    void aNewJobDoesNotWaitForTheCurrentCall() throws Exception {
        try (EngineFixture fixture = new EngineFixture(EngineSettings.DEFAULTS)) {
            RecordingClient first = fixture.begin(EngineFixture.submitted("11"));
            first.until(() -> fixture.node.count("observe") >= 2);
            JobRecord record = EngineFixture.submitted("12");
            fixture.node.succeeds(record, "12");
            long before = System.nanoTime();
            fixture.begin(record).await();
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis < 8_000, millis + " ms");
        }
    }

    @Test
    void troubleWithOneJobDoesNotKeepNewsFromOthers() throws Exception {
        try (EngineFixture fixture = new EngineFixture()) {
            JobRecord bad = EngineFixture.submitted("11");
            DelegatingClient broken = new DelegatingClient(new RecordingClient(EngineFixture.plan())) {
                @Override
                public void say(String line) {
                    throw new IllegalStateException("this build is broken");
                }
            };
            fixture.node.succeeds(bad, "11");
            fixture.run(bad, broken).begin();
            JobRecord good = EngineFixture.submitted("12");
            fixture.node.succeeds(good, "12");
            assertEquals(
                    Outcome.Kind.SUCCESS, fixture.begin(good).await().outcome().kind());
        }
    }

    @Test
    void theThreadEndsWhenThePluginStops() throws Exception {
        EngineFixture fixture = new EngineFixture();
        fixture.begin(EngineFixture.submitted("12")).until(() -> fixture.node.count("observe") > 1);
        fixture.close();
        assertTrue(fixture.threads.awaitEnd(Duration.ofMinutes(1)));
    }
}
