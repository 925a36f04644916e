package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.Engine;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.engine.EngineThreads;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.WorkspaceUse;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.job.WorkingDirectory;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import io.jenkins.plugins.slurmapptainer.script.Shell;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The whole engine with real processes, but with a Slurm that says what a real cluster does not say on demand. */
class ScriptedSlurmTest {
    private static final EngineSettings OFTEN = new EngineSettings(Duration.ofSeconds(1), Duration.ofMinutes(1));

    @TempDir
    private Path folder;

    private final EngineThreads threads = new EngineThreads(Executors.defaultThreadFactory());
    private FakeSlurm slurm;
    private Engine engine;
    private HeadNodes nodes;

    @BeforeEach
    void prepare() throws IOException {
        slurm = new FakeSlurm(folder);
        engine = new Engine(threads, OFTEN);
        LocalHeadNode node = new LocalHeadNode(slurm.access());
        nodes = preferred -> new HeadNodes.Found("here", node);
    }

    @AfterEach
    void close() throws InterruptedException {
        threads.close();
        // A word on the end is written into the directory after that was told.
        assertTrue(threads.awaitEnd(Duration.ofMinutes(1)));
    }

    private RecordingClient start(String script) {
        JobRecord record = new JobRecord(
                JobToken.random(), "fake", JobDirectory.root(folder.toString(), "c1"), "", System.currentTimeMillis());
        JobPlan plan = new JobPlan(
                folder.toString(),
                WorkspaceUse.NONE,
                Directives.of(Map.of(), List.of()),
                JobEnvironment.NONE,
                "",
                Optional.empty(),
                ContainerProgram.of("apptainer"),
                ScriptText.of(script),
                Duration.ZERO,
                false,
                WorkingDirectory.USUAL,
                Home.USUAL,
                Launch.USUAL);
        RecordingClient host = new RecordingClient(plan);
        host.job(engine.job(record, host, nodes));
        host.job().begin();
        return host;
    }

    private RecordingClient submitted(String script) throws InterruptedException {
        RecordingClient host = start(script);
        return host.until(() -> !host.record().jobId().isEmpty());
    }

    /** What the compute node does with a job. */
    private static void launch(RecordingClient host, String id) throws Exception {
        JobDirectory directory = host.record().directory();
        Shell.run(
                Map.of("SLURM_JOB_ID", id, "SLURMD_NODENAME", "n1"),
                List.of(
                        "bash",
                        "-c",
                        "exec bash \"$1\" >>\"$2\" 2>&1",
                        "x",
                        directory.batchScript(),
                        directory.outputLog()));
    }

    private void untilAskedAgain() throws Exception {
        long before = slurm.calls("squeue");
        Waits.within(Duration.ofSeconds(90))
                .alias("squeue is asked twice more")
                .until(() -> slurm.calls("squeue") >= before + 2);
    }

    @Test
    @DisplayName("19: only a state that means an end ends a job; no other word of any release does")
    void noOtherStateEndsAJob() throws Exception {
        Map<String, RecordingClient> hosts = new LinkedHashMap<>();
        List<String> words = new ArrayList<>(List.of("FROBNICATING", "GETENV_FAILED", "?", "COMPLETINGINVALID"));
        Arrays.stream(JobState.values())
                .filter(state -> !state.isEnded())
                .map(Enum::name)
                .forEach(words::add);
        for (String word : words) {
            RecordingClient host = submitted("exit 3");
            hosts.put(word, host);
            slurm.has("jobs/" + host.record().jobId() + "/T", word);
        }
        untilAskedAgain();
        for (Map.Entry<String, RecordingClient> entry : hosts.entrySet()) {
            RecordingClient host = entry.getValue();
            assertEquals(0, host.ends(), entry.getKey());
            launch(host, host.record().jobId());
        }
        for (Map.Entry<String, RecordingClient> entry : hosts.entrySet()) {
            assertEquals(Outcome.ofExitCode(3), entry.getValue().await().outcome(), entry.getKey());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "TIMEOUT, TIME_LIMIT",
        "OUT_OF_MEMORY, OUT_OF_MEMORY",
        "NODE_FAIL, NODE_FAILURE",
        "BOOT_FAIL, BOOT_FAILURE",
        "PREEMPTED, PREEMPTED",
        "DEADLINE, DEADLINE",
        "CANCELLED, CANCELLED"
    })
    @DisplayName("9: without a record, Slurm's word decides the end")
    void slurmDecidesAnEndWithoutARecord(String word, Outcome.Kind kind) throws Exception {
        RecordingClient host = submitted("exit 0");
        slurm.has("jobs/1/T", word);
        assertEquals(kind, host.await().outcome().kind(), host.outcome()::toString);
    }

    @Test
    @DisplayName("18, 21: a job of another cluster is asked for and cancelled there")
    void jobOfAnotherClusterIsAskedForAndCancelledThere() throws Exception {
        slurm.has("answer", "77;east\n").has("jobs@east/77/i", "77").has("jobs@east/77/T", "RUNNING");
        RecordingClient host = submitted("sleep 60");
        assertEquals("77;east", host.record().jobId());
        // The same number means another job here.
        slurm.has("jobs/77/i", "77").has("jobs/77/T", "FAILED");
        untilAskedAgain();
        assertEquals(0, host.ends());
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind(), host.outcome()::toString);
        assertEquals(1, slurm.calls("scancel --clusters=east 77"));
    }

    /** The highest six bits name the cluster. */
    @Test
    @DisplayName("18, 21: a federated id does not fit an int, and its job is found wherever it runs")
    void federatedJobIsFound() throws Exception {
        slurm.has("answer", "2281701389\n").has("jobs+/a/i", "2281701389").has("jobs+/a/T", "RUNNING");
        RecordingClient host = submitted("exit 3");
        untilAskedAgain();
        assertEquals(0, host.ends());
        assertTrue(slurm.calls("squeue --federation") > 0, slurm.calls()::toString);
        slurm.has("jobs+/a/T", "TIMEOUT");
        assertEquals(Outcome.Kind.TIME_LIMIT, host.await().outcome().kind());
    }

    @Test
    @DisplayName("12, 21: rows of arrays and het jobs, names that are not UTF-8 and notices of the site hide no job")
    void strangeRowsHideNoJob() throws Exception {
        slurm.has("sbatch.before", "Welcome to the cluster\n4 users are logged in\n");
        slurm.has("sbatch.after", "12345 jobs ran here last month\nBye\n");
        slurm.has("squeue.before", "*** maintenance on Sunday ***\n\n");
        slurm.has("squeue.after", "\u001f\u001f\u001f\n");
        slurm.has("squeue.stderr", "squeue: warning: old configuration\n");
        slurm.has("jobs/0a/i", "103_[1-10%2,20-4000...]").has("jobs/0a/T", "PENDING");
        slurm.has("jobs/0b/i", "104+1").has("jobs/0b/T", "RUNNING");
        slurm.has("jobs/0c/i", "105").has("jobs/0c/k", new byte[] {(byte) 0xff, 'J', (byte) 0xfc, '\u001f', '|', 'x'});
        slurm.has("jobs/0c/r", new byte[] {(byte) 0xe4, '(', ')', ' ', '%', 'T'})
                .has("jobs/0c/T", "RUNNING");
        RecordingClient host = submitted("exit 0");
        assertEquals("1", host.record().jobId());
        slurm.has("jobs/1/r", new byte[] {'R', (byte) 0xfc, 's'});
        host.untilTold("is pending (R\ufffds)");
        slurm.has("jobs/1/T", "OUT_OF_MEMORY");
        assertEquals(Outcome.Kind.OUT_OF_MEMORY, host.await().outcome().kind(), "" + host.lines());
    }

    @Test
    @DisplayName("3: an empty answer together with an error is no empty queue")
    void emptyAnswerWithAnErrorIsNoEmptyQueue() throws Exception {
        RecordingClient host = submitted("exit 4");
        slurm.forgets("jobs/1");
        slurm.has("squeue.stderr", "slurm_load_jobs error: Socket timed out on send/recv operation\n");
        host.untilTold("No answer about job 1; the job goes on");
        untilAskedAgain();
        assertEquals(0, host.ends());
        slurm.forgets("squeue.stderr");
        launch(host, "1");
        assertEquals(Outcome.ofExitCode(4), host.await().outcome());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "1|CANCELLED by 1234567|0:15|n1|2026-11-23T05:00:00||; CANCELLED",
                "1|CANCELLED+|0:15|n1|2026-11-23T05:00:00||; CANCELLED",
                "1|TIMEOUT|0:0|n1|2026-11-23T05:00:00||; TIME_LIMIT",
                "1|OUT_OF_MEMORY|0:125|n1|2026-11-23T05:00:00||; OUT_OF_MEMORY",
                "1|FAILED|0:53|n1|2026-11-23T05:00:00||; LAUNCH_FAILURE",
                "1|NODE_FAIL|0:0|n1|2026-11-23T05:00:00||; NODE_FAILURE"
            })
    @DisplayName("1, 7, 8, 15: the accounting tells what the queue has forgotten, in every form")
    void accountingTellsWhatTheQueueForgot(String row, Outcome.Kind kind) throws Exception {
        RecordingClient host = submitted("exit 0");
        slurm.has("accounts/1", row + "\n");
        slurm.forgets("jobs/1");
        assertEquals(kind, host.await().outcome().kind(), host.outcome()::toString);
        assertFalse(host.outcome().isSuccess());
    }

    @Test
    @DisplayName("4: an id that sbatch did not print is found by the token")
    void jobWhoseIdSbatchDidNotPrintIsFound() throws Exception {
        slurm.has("answer", "Submitted. Thank you.\n");
        RecordingClient host = submitted("exit 5");
        assertEquals("1", host.record().jobId());
        launch(host, "1");
        assertEquals(Outcome.ofExitCode(5), host.await().outcome());
        assertEquals(1, slurm.calls("sbatch"));
    }

    @Test
    @DisplayName("14: nothing is ever requested as JSON, and scontrol is not needed")
    void nothingIsRequestedAsJson() throws Exception {
        RecordingClient host = submitted("exit 0");
        untilAskedAgain();
        launch(host, "1");
        host.await();
        List<String> calls = slurm.calls();
        assertTrue(calls.stream().noneMatch(call -> call.contains("json") || call.startsWith("scontrol")), "" + calls);
    }
}
