package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Errors of programs, wherever they come from, end in a word to the build. */
class UnexpectedTroubleTest {
    private final EngineFixture fixture = new EngineFixture();
    private final RecordingClient told = new RecordingClient(EngineFixture.plan());
    private final List<String> givenUp = new CopyOnWriteArrayList<>();

    /** A client of which a test breaks something. */
    private class BrokenHost extends DelegatingClient {
        BrokenHost() {
            super(told);
        }

        @Override
        public void givenUp(String why) {
            givenUp.add(why);
        }
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    private RecordingClient begin(JobRecord record, JobClient client) {
        told.job(fixture.run(record, client));
        told.job().begin();
        return told;
    }

    private static StackOverflowError overflow() {
        return new StackOverflowError();
    }

    @Test
    void anErrorOfThePlanFailsTheBuild() throws Exception {
        StackOverflowError error = overflow();
        begin(EngineFixture.record(), new BrokenHost() {
                    @Override
                    public JobPlan plan() {
                        throw error;
                    }
                })
                .await();
        assertSame(error, told.failure());
        assertEquals(
                List.of("The job could not be prepared, nothing was submitted: java.lang.StackOverflowError"),
                told.lines());
    }

    /** It stands in the build, which can mend it. */
    @Test
    void aMistakeOfTheBuildIsNoWarningToAdministrators() throws Exception {
        List<Level> levels = new CopyOnWriteArrayList<>();
        Logger log = Logger.getLogger(JobLifecycle.class.getName());
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord entry) {
                levels.add(entry.getLevel());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        log.addHandler(handler);
        try {
            InvalidRequestException mistake = new InvalidRequestException("time", "'soon' is no time");
            begin(EngineFixture.record(), new BrokenHost() {
                        @Override
                        public JobPlan plan() {
                            throw mistake;
                        }
                    })
                    .await();
            assertSame(mistake, told.failure());
        } finally {
            log.removeHandler(handler);
        }
        assertEquals(List.of(), levels);
        assertEquals(List.of(), told.lines());
    }

    @Test
    void anUnreadableAnswerMayMeanASubmission() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        fixture.node.on("submit", () -> {
            if (calls.incrementAndGet() == 1) {
                throw new IllegalStateException("the answer cannot be read");
            }
        });
        JobRecord record = EngineFixture.record();
        RecordingClient client = fixture.begin(record);
        client.untilTold("Submitted");
        fixture.node.succeeds(record, "12");
        assertEquals(Outcome.success(), client.await().outcome());
        assertTrue(
                client.lines().get(0).endsWith("java.lang.IllegalStateException: the answer cannot be read"),
                client.lines().toString());
    }

    @Test
    void aJobThatCannotBeFollowedIsGivenUpWithItsIdAndCancelled() throws Exception {
        begin(EngineFixture.submitted("12"), new BrokenHost() {
                    @Override
                    public long savedOffset(long recorded) {
                        throw new IllegalStateException("broken");
                    }
                })
                .until(() -> fixture.node.count("cancel 12") > 0);
        assertEquals(
                List.of("job 12 could not be followed, and may still run; it is cancelled as soon as that is possible:"
                        + " java.lang.IllegalStateException: broken"),
                givenUp);
    }

    @Test
    void newsThatCannotBeProcessedIsReported() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        boolean[] broken = {true};
        begin(record, new BrokenHost() {
            @Override
            public void output(byte[] bytes, int length) throws IOException {
                if (broken[0]) {
                    throw new IllegalStateException("broken");
                }
                super.output(bytes, length);
            }
        });
        fixture.node.prints(record, "hello\n");
        told.untilTold("broken");
        told.until(() -> fixture.node.count("observe") > 20);
        assertEquals(
                List.of("No answer about job 12; the job goes on, and the plugin keeps asking:"
                        + " java.lang.IllegalStateException: broken"),
                told.lines(),
                "told once");
        broken[0] = false;
        fixture.node.succeeds(record, "12");
        assertEquals(Outcome.success(), told.await().outcome());
    }

    @Test
    void anErrorWhileCopyingEndsTheJobWithoutOutputs() throws Exception {
        JobRecord record = EngineFixture.record();
        fixture.node.on("fetch", () -> {
            throw overflow();
        });
        RecordingClient client = fixture.begin(record, EngineFixture.planWithOutputs("*.csv"));
        client.untilTold("Submitted");
        fixture.node.succeeds(record, "12");
        assertEquals(Outcome.Kind.OUTPUT_MISSING, client.await().outcome().kind());
        assertTrue(
                client.outcome().detail().contains("java.lang.StackOverflowError"),
                client.outcome().detail());
    }

    @Test
    void anErrorWhileKeepingEndsTheJobWithoutOutputs() throws Exception {
        JobRecord record = EngineFixture.record();
        begin(record, new BrokenHost() {
                    @Override
                    public JobPlan plan() {
                        return EngineFixture.planWithOutputs("*.csv");
                    }

                    @Override
                    public void collected(List<String> files) {
                        throw new IllegalStateException("broken");
                    }
                })
                .untilTold("Submitted");
        fixture.node.succeeds(record, "12");
        assertEquals(Outcome.Kind.OUTPUT_MISSING, told.await().outcome().kind());
    }

    @Test
    void anEndThatCannotBeReportedFailsTheBuild() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        IllegalStateException broken = new IllegalStateException("broken");
        begin(record, new BrokenHost() {
            @Override
            public void ended(Outcome outcome) {
                throw broken;
            }
        });
        fixture.node.succeeds(record, "12");
        assertSame(broken, told.await().failure());
    }

    @Test
    void anUnsavableRecordDoesNotPreventACancellation() throws Exception {
        JobRecord record = EngineFixture.submitted("12");
        begin(record, new BrokenHost() {
            @Override
            public void save() {
                throw new IllegalStateException("broken");
            }
        });
        told.job().cancel();
        told.until(() -> fixture.node.count("cancel 12") > 0);
        fixture.node.succeeds(record, "12");
        assertEquals(Outcome.success(), told.await().outcome());
    }

    @Test
    void aCancellationThatFailsWithAnErrorIsRepeated() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        fixture.node.on("cancel", () -> {
            if (calls.incrementAndGet() == 1) {
                throw overflow();
            }
        });
        JobRecord record = EngineFixture.submitted("12");
        RecordingClient client = fixture.begin(record);
        client.job().cancel();
        client.untilTold("Cancelled job 12");
    }
}
