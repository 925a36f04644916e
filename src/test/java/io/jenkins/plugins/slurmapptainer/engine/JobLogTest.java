package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an administrator reads who has set the log to {@code FINE}. */
class JobLogTest {
    private final Logger logger = Logger.getLogger(JobLog.class.getName());
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final EngineFixture fixture = new EngineFixture();
    private final JobRecord record = new JobRecord(JobToken.random(), "main", "/s/c", "", 1);

    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord event) {
            if (event.getMessage().contains(record.token())) {
                lines.add(event.getMessage());
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    @BeforeEach
    void listen() {
        logger.setLevel(Level.FINE);
        logger.addHandler(handler);
    }

    @AfterEach
    void close() {
        logger.removeHandler(handler);
        logger.setLevel(null);
        fixture.close();
    }

    @Test
    void theLogShowsTheCourseOfAJob() throws Exception {
        fixture.node.succeeds(record, "12");
        fixture.online(false);
        RecordingClient client = new RecordingClient(EngineFixture.plan());
        client.job(fixture.run(record, client, fixture.headNodes()));
        client.job().begin();
        client.until(() -> lines.stream().anyMatch(line -> line.contains(" is tried again in ")));
        fixture.online(true);
        assertEquals(Outcome.Kind.SUCCESS, client.await().outcome().kind());
        client.until(() -> lines.stream().anyMatch(line -> line.endsWith(": the build knows: SUCCESS")));
        String all = String.join("\n", lines);
        for (String event :
                List.of("submission: SUBMITTED 12", "start 0 as job 12", "verdict SUCCESS ", "ended: SUCCESS")) {
            assertTrue(all.contains(event), all);
        }
        String begin = "job (without an id|12), token " + record.token() + ", build " + client.build() + ": .*";
        assertTrue(lines.stream().allMatch(line -> line.matches("(?s)" + begin)), all);
    }
}
