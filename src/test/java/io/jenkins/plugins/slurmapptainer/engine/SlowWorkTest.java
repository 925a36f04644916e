package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Jobs whose files, checks or agents take hours, beside jobs that have nothing to do with them. */
@Timeout(60)
class SlowWorkTest {
    /** More than any pool of threads should have for them. */
    private static final int MANY = 40;

    private final EngineFixture fixture = new EngineFixture();
    private final FakeHeadNode good = fixture.node;
    private final FakeHeadNode slow = new FakeHeadNode();
    private final CountDownLatch never = new CountDownLatch(1);
    private final AtomicInteger entered = new AtomicInteger();

    @AfterEach
    void close() {
        fixture.close();
    }

    private void hang() {
        entered.incrementAndGet();
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static JobRecord record(String cluster) {
        return new JobRecord(JobToken.random(), cluster, "/s/" + cluster, "", 1);
    }

    private RecordingClient begin(JobRecord record, FakeHeadNode node, String build, JobPlan plan) {
        RecordingClient client = new RecordingClient(plan);
        JobClient named = named(client, build, true);
        client.job(fixture.run(record, named, preferred -> new HeadNodes.Found("agent1", node)));
        client.job().begin();
        return client;
    }

    private static DelegatingClient named(RecordingClient client, String build, boolean files) {
        return new DelegatingClient(client) {
            @Override
            public String build() {
                return build;
            }

            @Override
            public boolean usesWorkspace() {
                return files;
            }
        };
    }

    private void manySlow(String operation) throws Exception {
        slow.on(operation, this::hang);
        RecordingClient last = null;
        for (int i = 0; i < MANY; i++) {
            last = begin(record("slow"), slow, "b" + i, EngineFixture.planWithOutputs("*.txt"));
        }
        last.until(() -> entered.get() >= Work.FILES.perCluster());
    }

    private void assertRunsThrough(String cluster, FakeHeadNode node) throws Exception {
        JobRecord record = record(cluster);
        node.succeeds(record, "12");
        RecordingClient client = new RecordingClient(EngineFixture.plan());
        client.job(fixture.run(record, named(client, "good", false), any -> new HeadNodes.Found("agent1", node)));
        client.job().begin();
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
    }

    @Test
    void slowStagingDoesNotHoldUpOtherClusters() throws Exception {
        manySlow("stage");
        assertRunsThrough("good", good);
        JobRecord followed = record("good");
        RecordingClient client = begin(followed, good, "x", EngineFixture.plan());
        client.until(() -> followed.phase() == JobRecord.Phase.SUBMITTED);
        good.on("cancel", () -> good.lists("12", JobState.CANCELLED, ""));
        client.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, client.await().outcome().kind());
    }

    @Test
    void slowStagingDoesNotHoldUpJobsWithoutFiles() throws Exception {
        JobRecord running = record("slow");
        RecordingClient before = begin(running, slow, "x", EngineFixture.plan());
        before.until(() -> running.phase() == JobRecord.Phase.SUBMITTED);
        slow.on("fetch", this::hang);
        List<RecordingClient> hosts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            JobRecord record = record("slow");
            slow.succeeds(record, "12");
            hosts.add(begin(record, slow, "b" + i, EngineFixture.planWithOutputs("*.txt")));
        }
        hosts.get(0).until(() -> entered.get() >= Work.FILES.perCluster());
        assertRunsThrough("slow", slow);
        slow.on("cancel", () -> slow.lists("12", JobState.CANCELLED, ""));
        before.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, before.await().outcome().kind());
    }

    @Test
    void aHangingSbatchDoesNotHoldUpCancellations() throws Exception {
        JobRecord running = record("slow");
        RecordingClient before = begin(running, slow, "x", EngineFixture.plan());
        before.until(() -> running.phase() == JobRecord.Phase.SUBMITTED);
        slow.on("submit", this::hang);
        for (int i = 0; i < MANY; i++) {
            begin(record("slow"), slow, "b" + i, EngineFixture.plan());
        }
        before.until(() -> entered.get() >= Work.CALL.perCluster());
        slow.on("cancel", () -> slow.lists("12", JobState.CANCELLED, ""));
        before.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, before.await().outcome().kind());
    }

    @Test
    void oneBuildLeavesThreadsOfItsClusterToTheOthers() throws Exception {
        slow.on("stage", this::hang);
        RecordingClient last = null;
        for (int i = 0; i < MANY; i++) {
            last = begin(record("slow"), slow, "greedy", EngineFixture.planWithOutputs("*.txt"));
        }
        last.until(() -> entered.get() >= Work.FILES.perBuild());
        slow.on("stage", () -> {});
        JobRecord record = record("slow");
        RecordingClient other = begin(record, slow, "modest", EngineFixture.planWithOutputs("*.txt"));
        other.until(() -> record.phase() == JobRecord.Phase.SUBMITTED);
        assertEquals(Work.FILES.perBuild(), entered.get());
    }

    @Test
    void aBuildThatWaitsForItsTurnIsTold() throws Exception {
        slow.on("stage", this::hang);
        List<RecordingClient> hosts = new ArrayList<>();
        for (int i = 0; i <= Work.FILES.perBuild(); i++) {
            hosts.add(begin(record("slow"), slow, "greedy", EngineFixture.planWithOutputs("*.txt")));
        }
        hosts.get(0).until(() -> waiting(hosts) > 0);
        assertEquals(Work.FILES.perBuild(), entered.get());
        assertEquals(1, waiting(hosts));
        never.countDown();
        hosts.get(0).until(() -> entered.get() == hosts.size());
    }

    private static long waiting(List<RecordingClient> hosts) {
        return hosts.stream()
                .filter(client -> client.lines().stream().anyMatch(line -> line.startsWith("Waiting to copy files")))
                .count();
    }

    @Test
    void aCancelledJobWaitsNeitherForAThreadNorForItsFiles() throws Exception {
        slow.on("stage", this::hang);
        List<RecordingClient> hosts = new ArrayList<>();
        for (int i = 0; i < MANY; i++) {
            hosts.add(begin(record("slow"), slow, "b" + i, EngineFixture.plan()));
        }
        hosts.get(0).until(() -> entered.get() >= Work.FILES.perCluster());
        hosts.forEach(client -> client.job().cancel());
        for (RecordingClient client : hosts) {
            assertEquals(Outcome.Kind.CANCELLED, client.await().outcome().kind());
            assertTrue(client.outcome().detail().startsWith("by this build, before it was submitted"));
        }
        assertEquals(0, slow.count("submit"));
    }

    /** The controller has ended between its decision to submit and the head node's. */
    @Test
    void aJobThatIsStagedAgainCanBeCancelled() throws Exception {
        slow.on("stage", this::hang);
        JobRecord record = record("slow");
        record.submitting("agent1");
        RecordingClient client = begin(record, slow, "b", EngineFixture.planWithOutputs("*.txt"));
        client.until(() -> entered.get() == 1);
        client.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, client.await().outcome().kind());
    }

    @Test
    void aJobThatIsNotReadyUsesNoThread() throws Exception {
        CompletableFuture<String> made = new CompletableFuture<>();
        List<RecordingClient> hosts = new ArrayList<>();
        AtomicInteger asked = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            JobRecord record = record("good");
            good.succeeds(record, "12");
            RecordingClient client = new RecordingClient(EngineFixture.plan());
            JobClient waiting = new DelegatingClient(client) {
                @Override
                public JobPlan plan() throws IOException, InterruptedException {
                    asked.incrementAndGet();
                    if (!made.isDone()) {
                        throw new NotReadyException("an image is checked", made);
                    }
                    return super.plan();
                }
            };
            client.job(fixture.run(record, waiting, any -> new HeadNodes.Found("agent1", good)));
            client.job().begin();
            hosts.add(client);
        }
        hosts.get(0).until(() -> asked.get() == MANY && fixture.threads.active() == 0);
        hosts.get(0).job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, hosts.get(0).await().outcome().kind());
        made.complete("there");
        for (RecordingClient client : hosts.subList(1, MANY)) {
            assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
        }
        assertEquals(2 * MANY - 1, asked.get());
    }
}
