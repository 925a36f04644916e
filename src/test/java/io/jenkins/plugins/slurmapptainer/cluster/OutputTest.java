package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Tag("cluster")
class OutputTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @Test
    void aLineIsSeenWhileTheJobStillRuns() throws Exception {
        Path go = Path.of(cluster.shared(), "go." + System.nanoTime());
        RecordingClient host = cluster.start(cluster.plan(
                false,
                "echo first\nwhile [ ! -e '" + go + "' ]; do sleep 0.1; done\necho last\n",
                Map.of(),
                List.of(),
                "",
                ""));
        host.until(() -> host.output().contains("first\n"));
        assertEquals(0, host.ends());
        Files.createFile(go);
        assertEquals("first\nlast\nExecution completed\n", host.await().output());
        Files.delete(go);
    }

    @ParameterizedTest
    @CsvSource({"printf abc, abc", "printf '10%%\\r20%%\\r30%%', 30%", "printf '\\r1\\r22', 22"})
    void outputWithoutLineEndIsSeenWhileTheJobStillRuns(String command, String seen) throws Exception {
        Path go = Path.of(cluster.shared(), "go." + System.nanoTime());
        RecordingClient host = cluster.start(cluster.plan(
                false,
                command + "\nwhile [ ! -e '" + go + "' ]; do sleep 0.1; done\necho ' last'\n",
                Map.of(),
                List.of(),
                "",
                ""));
        host.until(() -> host.output().equals(seen));
        assertEquals(0, host.ends());
        Files.createFile(go);
        assertEquals(seen + " last\nExecution completed\n", host.await().output());
        Files.delete(go);
    }

    /** Of a bar that is drawn a thousand times a second the console has some states and the last one. */
    @Test
    void aProgressBarDoesNotFloodTheConsole() throws Exception {
        String script = "#!/usr/bin/env python3\nimport sys, time\nfor i in range(5000):\n"
                + "    sys.stdout.write('\\r%05d of 5000' % i); sys.stdout.flush(); time.sleep(0.001)\n";
        RecordingClient host = cluster.start(cluster.plan(false, script, Map.of(), List.of(), "", ""))
                .await();
        assertEquals(Outcome.success(), host.outcome());
        assertTrue(host.output().contains("\r04999 of 5000"), host.output());
        assertTrue(host.output().length() < 2_000, host.output().length() + " bytes");
    }

    @Test
    void charactersArriveWhole() throws Exception {
        String script = "#!/usr/bin/env python3\nimport sys, time\nfor b in 'aé€😀\\n'.encode() * 20:\n"
                + "    sys.stdout.buffer.write(bytes([b])); sys.stdout.buffer.flush(); time.sleep(0.01)\n";
        PieceClient pieces = new PieceClient(cluster.plan(true, script, Map.of(), List.of(), "", ""));
        assertEquals(Outcome.success(), pieces.run(cluster).outcome());
        assertTrue(pieces.allUtf8(), "a piece begins or ends within a character");
    }

    @Test
    void aHundredMegabytesOfOutputArriveCompleteWithLittleMemory() throws Exception {
        String script = "#!/usr/bin/env python3\nimport hashlib, sys\nd = hashlib.sha256()\n"
                + "def put(b):\n    d.update(b); sys.stdout.buffer.write(b)\n"
                + "put(b'x' * 10_000_000 + b'\\n')\n"
                + "for i in range(900_000):\n    put(b'%09d ' % i + b'y' * 89 + b'\\n')\n"
                + "sys.stdout.flush()\nprint(d.hexdigest(), file=sys.stderr)\n";
        JobPlan plan = cluster.plan(false, script, Map.of(), List.of(), "", "");
        PieceClient pieces = new PieceClient(plan);
        long before = used();
        RecordingClient host = pieces.run(cluster);
        assertEquals(Outcome.success(), host.outcome());
        assertEquals(100_000_001L, pieces.bytes() - 65 - "Execution completed\n".length());
        assertEquals(
                HexFormat.of().formatHex(pieces.digestOf(100_000_001L)),
                pieces.lastLines().get(0));
        assertTrue(pieces.largest() <= 2 * 1024 * 1024, "a piece of " + pieces.largest() + " bytes");
        assertTrue(used() - before < 50_000_000, "memory: " + (used() - before));
    }

    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
