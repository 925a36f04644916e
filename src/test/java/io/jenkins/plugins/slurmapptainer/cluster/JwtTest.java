package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.EngineSettings;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmJwt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A head node whose commands cannot reach munge and have nothing but a token. */
@Tag("cluster")
class JwtTest {
    @TempDir
    private Path folder;

    private String token;

    @BeforeEach
    void prepare() throws Exception {
        String printed = RealCluster.command("scontrol", "token", "lifespan=600");
        assumeTrue(printed.startsWith("SLURM_JWT="), "the cluster has no auth/jwt: " + printed);
        token = printed.strip().substring("SLURM_JWT=".length());
        String conf = Files.readString(Path.of(RealCluster.required("SLURM_CONF")));
        Path client = Files.writeString(
                folder.resolve("slurm.conf"), conf.replaceAll("(?m)^AuthInfo=.*", "AuthInfo=socket=/nonexistent"));
        for (String name : List.of("sbatch", "squeue", "scancel", "sacct")) {
            Path command = Files.writeString(
                    folder.resolve(name),
                    "#!/bin/sh\nSLURM_CONF=" + client + "\nexport SLURM_CONF\nexec " + located(name) + " \"$@\"\n");
            assertTrue(command.toFile().setExecutable(true));
        }
    }

    private static String located(String name) throws IOException, InterruptedException {
        return RealCluster.command("sh", "-c", "command -v " + name).strip();
    }

    private RealCluster with(SlurmJwt jwt) {
        return new RealCluster(new LocalHeadNode(new SlurmAccess(folder.toString(), jwt)), EngineSettings.DEFAULTS);
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void theTokenIsEnoughForAllCommandsAndTheJobDoesNotGetIt(boolean inImage) throws Exception {
        String script = "env; grep -zh JWT /proc/self/environ /proc/$PPID/environ; echo end";
        try (RealCluster cluster = with(SlurmJwt.of(token))) {
            RecordingClient host = cluster.run(inImage, script);
            assertEquals(Outcome.success(), host.outcome(), host::output);
            assertTrue(host.output().contains("end\n"), host::output);
            assertFalse(host.output().contains("JWT"), host::output);
            assertFalse(host.lines().toString().contains(token));
        }
    }

    @Test
    void aJobIsAlsoCancelledWithTheToken() throws Exception {
        try (RealCluster cluster = with(SlurmJwt.of(token))) {
            RecordingClient host =
                    cluster.start(cluster.plan(false, "true", Map.of(), List.of("--begin=now+1hour"), "", ""));
            host.until(() -> !host.record().jobId().isEmpty());
            host.job().cancel();
            assertEquals(Outcome.Kind.CANCELLED, host.await().outcome().kind());
        }
    }

    /** Otherwise the other tests show nothing. */
    @Test
    void withoutTheTokenNothingIsSubmitted() throws Exception {
        try (RealCluster cluster = with(SlurmJwt.NONE)) {
            RecordingClient host = cluster.start(cluster.plan(false, "true", Map.of(), List.of(), "", ""));
            host.until(() -> host.lines().toString().contains("Munge encode failed"));
            assertEquals("", host.record().jobId());
        }
    }
}
