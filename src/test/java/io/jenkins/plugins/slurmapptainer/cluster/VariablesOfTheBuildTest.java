package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.EnvironmentRequest;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Values of the build's variables with the real Slurm and the real Apptainer. */
@Tag("cluster")
class VariablesOfTheBuildTest {
    /** Everything that Apptainer, a shell or a list of options could take for something else; and long. */
    private static final Map<String, String> VALUES = new LinkedHashMap<>();

    static {
        VALUES.put("NASTY", "~/a b'\"$HOME ${PATH} `id` $(id) \\ \\n ,=: %j & * ?");
        VALUES.put("LINES_OF_IT", "\n1\n\n\t2\r\n3\r4\r\r\n\r");
        VALUES.put("FOREIGN", "ü 😀 \u0001\u007f");
        VALUES.put("EMPTY", "");
        VALUES.put("lower_case", "-e x");
        VALUES.put("LD_LIBRARY_PATH_OF_MINE", "/x:/y");
        VALUES.put("TZ", "Europe/Berlin");
        VALUES.put("LC_ALL", "C.UTF-8");
        VALUES.put("http_proxy", "http://u:p@proxy:3128/");
        VALUES.put("LONG", "0123456789".repeat(12_000));
    }

    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private static JobEnvironment environment(Map<String, String> values) {
        return EnvironmentRequest.of(List.copyOf(values.keySet())).resolve(values, List.of());
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void variablesArriveLiterally(boolean inImage) throws Exception {
        String script = VALUES.keySet().stream()
                .map(name -> "printf '" + name + " '; printenv " + name + " | od -An -v -tx1 | tr -d ' \\n'; echo")
                .collect(Collectors.joining("\n"));
        RecordingClient host = cluster.start(cluster.plan(inImage, script, List.of(), environment(VALUES)))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        Map<String, String> seen = host.output()
                .lines()
                .map(line -> line.split(" ", 2))
                .filter(words -> VALUES.containsKey(words[0]))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
        VALUES.forEach((name, value) -> assertEquals(hex(value + "\n"), seen.get(name), name));
    }

    private static String hex(String text) {
        StringBuilder hex = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            hex.append(String.format("%02x", b));
        }
        return hex.toString();
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void nobodyElseSeesTheVariables(boolean inImage) throws Exception {
        String secret = "hunter2-" + System.nanoTime();
        String script = "echo begun; while [ ! -e go ]; do sleep 0.2; done; [ -n \"$TOKEN\" ]";
        RecordingClient host =
                cluster.start(cluster.plan(inImage, script, List.of(), environment(Map.of("TOKEN", secret))));
        host.until(() -> host.output().contains("begun\n"));
        String id = host.record().jobId();
        assertFalse(RealCluster.command("scontrol", "-dd", "show", "job", id).contains(secret));
        String batch = RealCluster.command("scontrol", "write", "batch_script", id, "-");
        assertTrue(batch.contains("variable_names=TOKEN"), batch);
        assertFalse(batch.contains(secret));
        assertFalse(commandLines().contains(secret));
        Path directory = Path.of(host.record().directory().path());
        assertFalse(Files.exists(Path.of(host.record().directory().environment())));
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                // Not all of them are text.
                assertFalse(Files.readString(file, StandardCharsets.ISO_8859_1).contains(secret), file.toString());
            }
        }
        Files.createFile(Path.of(host.record().directory().files(), "go"));
        assertEquals(Outcome.success(), host.await().outcome(), host::output);
        assertFalse(host.lines().toString().contains(secret));
    }

    private static String commandLines() throws IOException {
        StringBuilder all = new StringBuilder();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            for (Path process : processes
                    .filter(path -> path.getFileName().toString().matches("[0-9]+"))
                    .toList()) {
                try {
                    all.append(Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1));
                } catch (IOException e) {
                    all.append(' '); // it has ended meanwhile
                }
            }
        }
        return all.toString();
    }

    @Test
    void variablesOfAJobThatNeverStartedAreRemoved() throws Exception {
        RecordingClient host = cluster.start(
                cluster.plan(false, "true", List.of("--begin=now+1hour"), environment(Map.of("TOKEN", "x"))));
        Path file = Path.of(host.record().directory().environment());
        host.until(() -> !host.record().jobId().isEmpty());
        assertTrue(Files.exists(file), "the job will need it");
        host.job().cancel();
        assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind());
        host.until(() -> !Files.exists(file));
    }

    /** The second run gets the same values, and nothing of them stays after it. */
    @Test
    void aRequeuedJobGetsTheVariablesAgain() throws Exception {
        String script =
                "echo \"run ${SLURM_RESTART_COUNT:-0} $TOKEN\"\n[ \"${SLURM_RESTART_COUNT:-0}\" = 1 ] || sleep 300";
        RecordingClient host =
                cluster.start(cluster.plan(false, script, List.of("--requeue"), environment(Map.of("TOKEN", "x y"))));
        host.until(() -> host.output().contains("run 0 x y\n"));
        String id = host.record().jobId();
        RealCluster.command("scontrol", "requeue", id);
        RealCluster.startAgain(id, () -> host.output().contains("run 1 x y\n") || host.ends() > 0);
        assertEquals(Outcome.success(), host.await().outcome(), host::output);
        assertFalse(Files.exists(Path.of(host.record().directory().environment())));
    }
}
