package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A head node that hangs, breaks off or keeps no accounting. Faults 5, 29, 32 and 33. */
class TroubledHeadNodeTest {
    /** Knows of no job at all, and answers at once. */
    private static class EmptyHeadNode implements HeadNode {
        final AtomicInteger squeue = new AtomicInteger();
        final AtomicInteger sacct = new AtomicInteger();

        @Override
        public StageAnswer stage(StageRequest request) {
            return new StageAnswer(request.directory().files(), new ArrayList<>(), 0, 0, true);
        }

        @Override
        public SubmitAnswer submit(SubmitRequest request) {
            return SubmitAnswer.submitted("12");
        }

        @Override
        public Observation observe(ObserveRequest request) throws InterruptedException {
            if (!request.askQueue()) {
                Thread.sleep(Math.min(20, request.waitMillis()));
                return Observation.of(new ArrayList<>());
            }
            squeue.incrementAndGet();
            boolean asked = !request.accounting().isEmpty();
            sacct.addAndGet(asked ? 1 : 0);
            String error = asked ? "Slurm accounting storage is disabled" : "";
            return new Observation(new ArrayList<>(), new ArrayList<>(), "", null, error, false);
        }

        @Override
        public CancelAnswer cancel(CancelRequest request) {
            return CancelAnswer.taken();
        }

        @Override
        public byte[] returnedOutput(JobDirectory directory) {
            return new byte[0];
        }

        @Override
        public CollectAnswer collect(CollectRequest request) {
            return CollectAnswer.NOTHING;
        }
    }

    private final EngineThreads threads = EngineFixture.threads();
    private final Engine engine = new Engine(threads, new EngineSettings(Duration.ofMillis(50), Duration.ofMinutes(1)));
    private final JobRecord record = EngineFixture.submitted("12");
    private final RecordingClient client = new RecordingClient(EngineFixture.plan());

    @AfterEach
    void close() {
        threads.close();
    }

    private void use(HeadNode node) {
        HeadNodes nodes = preferred -> new HeadNodes.Found("agent1", node);
        client.job(engine.job(record, client, nodes));
    }

    @Test
    @DisplayName("5: accounting that is off is not asked again, and its silence ends no job")
    void accountingIsOff() throws Exception {
        EmptyHeadNode node = new EmptyHeadNode();
        use(node);
        client.job().begin();
        client.until(() -> node.squeue.get() >= 6);
        assertEquals(1, node.sacct.get());
        assertEquals(0, client.ends());
    }

    @Test
    @DisplayName("32: a cancellation is not lost when the connection breaks while it is sent")
    void cancelBreaksOff() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        use(new EmptyHeadNode() {
            @Override
            public CancelAnswer cancel(CancelRequest request) {
                if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("the connection broke");
                }
                return super.cancel(request);
            }
        });
        client.job().begin();
        client.job().cancel();
        client.until(() -> client.lines().contains("Cancelled job 12, waiting for its end"));
        assertEquals(2, calls.get());
    }

    @Test
    @DisplayName("33: starting or stopping a job never waits for the head node")
    void nobodyWaitsForAHeadNodeInTrouble() throws Exception {
        CountDownLatch entered = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        use(new EmptyHeadNode() {
            @Override
            public Observation observe(ObserveRequest request) throws InterruptedException {
                entered.countDown();
                never.await();
                return super.observe(request);
            }

            @Override
            public CancelAnswer cancel(CancelRequest request) {
                entered.countDown();
                try {
                    never.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.cancel(request);
            }
        });
        client.job().begin();
        client.job().cancel();
        entered.await();
        assertEquals(0, client.ends(), "29: an answer that does not come says nothing about the job");
    }
}
