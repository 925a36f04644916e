package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.cluster.DelegatingHost;
import io.jenkins.plugins.slurmapptainer.cluster.RecordingHost;
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
        try (EngineFixture bench = new EngineFixture(new EngineSettings(interval, Duration.ofMinutes(1)))) {
            List<JobRecord> records = new ArrayList<>();
            List<RecordingHost> hosts = new ArrayList<>();
            for (int i = 1; i <= 200; i++) {
                bench.node.lists("" + i, JobState.PENDING, "Priority");
                records.add(EngineFixture.submitted("" + i));
            }
            long begin = System.nanoTime();
            records.forEach(record -> hosts.add(bench.begin(record)));
            for (RecordingHost host : hosts) {
                host.until(() -> host.lines().size() == 1);
            }
            Thread.sleep(1_000);
            for (int i = 0; i < 200; i++) {
                bench.node.succeeds(records.get(i), "" + (i + 1));
            }
            for (RecordingHost host : hosts) {
                assertEquals(Outcome.Kind.SUCCESS, host.await().outcome().kind());
                assertEquals("hello\n", host.output());
            }
            long asked = bench.node.count("observe squeue");
            long millis = (System.nanoTime() - begin) / 1_000_000;
            assertTrue(asked >= 2 && asked <= millis / interval.toMillis() + 1, asked + " calls in " + millis + " ms");
            assertEquals(1, bench.node.mostObserving(), "calls at the same time");
        }
    }

    @Test
    void noThreadIsUsedOnceNothingIsFollowed() throws Exception {
        try (EngineFixture bench = new EngineFixture()) {
            JobRecord record = EngineFixture.record();
            RecordingHost host = bench.begin(record);
            host.until(() -> bench.node.count("observe") > 2);
            host.until(() -> bench.threads.active() == 1);
            bench.node.succeeds(record, "12");
            host.await().until(() -> bench.threads.active() == 0);
            long calls = bench.node.calls.size();
            Waits.stays("the head node is asked", Duration.ofMillis(300), () -> bench.node.calls.size() == calls);
            JobRecord next = EngineFixture.record();
            bench.node.succeeds(next, "12");
            assertEquals(
                    Outcome.Kind.SUCCESS, bench.begin(next).await().outcome().kind());
        }
    }

    @Test
    void anEndIsSeenAtOnceWithoutSqueue() throws Exception {
        try (EngineFixture bench = new EngineFixture(EngineSettings.DEFAULTS)) {
            JobRecord record = EngineFixture.submitted("12");
            RecordingHost host = bench.begin(record);
            host.until(() -> bench.node.count("observe") >= 2);
            long before = System.nanoTime();
            bench.node.succeeds(record, "12");
            host.await();
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis < 1_000, millis + " ms");
            assertEquals(1, bench.node.count("observe squeue"));
        }
    }

    @Test
    void aNewJobDoesNotWaitForTheCurrentCall() throws Exception {
        try (EngineFixture bench = new EngineFixture(EngineSettings.DEFAULTS)) {
            RecordingHost first = bench.begin(EngineFixture.submitted("11"));
            first.until(() -> bench.node.count("observe") >= 2);
            JobRecord record = EngineFixture.submitted("12");
            bench.node.succeeds(record, "12");
            long before = System.nanoTime();
            bench.begin(record).await();
            long millis = (System.nanoTime() - before) / 1_000_000;
            assertTrue(millis < 2_000, millis + " ms");
        }
    }

    @Test
    void oneJobsTroubleKeepsNoOtherFromItsNews() throws Exception {
        try (EngineFixture bench = new EngineFixture()) {
            JobRecord bad = EngineFixture.submitted("11");
            DelegatingHost broken = new DelegatingHost(new RecordingHost(EngineFixture.plan())) {
                @Override
                public void say(String line) {
                    throw new IllegalStateException("this build is broken");
                }
            };
            bench.node.succeeds(bad, "11");
            bench.run(bad, broken).begin();
            JobRecord good = EngineFixture.submitted("12");
            bench.node.succeeds(good, "12");
            assertEquals(
                    Outcome.Kind.SUCCESS, bench.begin(good).await().outcome().kind());
        }
    }

    @Test
    void theThreadEndsWhenThePluginStops() throws Exception {
        EngineFixture bench = new EngineFixture();
        bench.begin(EngineFixture.submitted("12")).until(() -> bench.node.count("observe") > 1);
        bench.close();
        assertTrue(bench.threads.awaitEnd(Duration.ofSeconds(5)));
    }
}
