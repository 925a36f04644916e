package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The ways to start MPI programs that the documentation names, with two libraries in the sample image {@code mpi}. */
@Tag("cluster")
class MpiTest {
    private final RealCluster cluster = new RealCluster();

    @TempDir
    Path workspace;

    @BeforeEach
    void writeProgram() throws Exception {
        assumeTrue(Files.exists(Path.of(cluster.mpi().path())), "this cluster has no image mpi");
        try (InputStream in = MpiTest.class.getResourceAsStream("rank.py")) {
            Files.copy(in, workspace.resolve("rank.py"));
        }
    }

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private static List<String> ranks(RecordingClient host) {
        return host.output()
                .lines()
                .filter(line -> line.startsWith("rank"))
                .sorted()
                .toList();
    }

    /** A Slurm whose plugin lacks its library may not say so, and wait for ever. */
    private static void assumeOffered(String mpi) throws Exception {
        String refusal = RealCluster.command(
                "sh",
                "-c",
                "timeout --kill-after=10 150 srun --time=1 --mpi=\"$1\" --nodes=2 --mem=50M true || echo it ended with $?",
                "sh",
                mpi);
        assumeTrue(refusal.isBlank(), () -> "this Slurm cannot start tasks with " + mpi + ": " + refusal);
    }

    @ParameterizedTest
    @CsvSource({"pmix, openmpi", "pmi2, mpich"})
    void twoNodesFindEachOtherBySlurm(String start, String library) throws Exception {
        assumeOffered(start);
        String clusterDirectory = System.getenv("CLUSTER_DIR");
        // Where Slurm's side of PMIx keeps its files; Apptainer mounts the usual /tmp by itself.
        String temporary = clusterDirectory == null ? "/tmp" : clusterDirectory + "/tmp";
        Map<Directive, String> twoNodes = Map.of(Directive.NODES, "2", Directive.NTASKS, "2", Directive.MEMORY, "500M");
        // TCP, because containers on what is one machine take each other for processes that share memory.
        String script = "srun --mpi=" + start + " apptainer exec --env UCX_TLS=tcp --no-home --bind \"$PWD\",'"
                + temporary + "' " + cluster.mpi().path() + " python3 rank.py " + library + "\n";
        RecordingClient host = cluster.start(
                        cluster.plan(false, script, twoNodes, List.of(), workspace.toString(), "rank.py"))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertEquals(List.of("rank 0 of 2 on n1: sum 3", "rank 1 of 2 on n2: sum 3"), ranks(host), host::output);
    }

    @ParameterizedTest
    @CsvSource({"pmix, openmpi", "pmi2, mpich"})
    void tasksThatSrunStartsInTheImageFindEachOther(String mpi, String library) throws Exception {
        assumeOffered(mpi);
        SlurmJobOptions options = new SlurmJobOptions("python3 rank.py " + library);
        options.image("mpi");
        options.files("rank.py");
        options.set(LaunchOption.LAUNCH, "srun");
        options.set(LaunchOption.MPI, mpi);
        options.env(List.of("UCX_TLS=tcp"));
        options.number(Directive.NODES, 2);
        options.number(Directive.NTASKS, 2);
        options.set(Directive.MEMORY, "500M");
        RecordingClient host = cluster.start(cluster.plan(options, BindRoots.none("real"), workspace.toString()))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertEquals(List.of("rank 0 of 2 on n1: sum 3", "rank 1 of 2 on n2: sum 3"), ranks(host), host::output);
    }

    /** Open MPI would look for Slurm's {@code srun} if it saw Slurm's variables; more processes than this machine has CPUs. */
    @Test
    void onOneNodeTheImagesOwnLauncherIsEnough() throws Exception {
        SlurmJobOptions options = new SlurmJobOptions(
                "n=$SLURM_NTASKS; unset \"${!SLURM_@}\"; mpirun --oversubscribe -n \"$n\" python3 rank.py openmpi");
        options.image("mpi");
        options.files("rank.py");
        options.number(Directive.NODES, 1);
        options.number(Directive.NTASKS, 3);
        options.set(Directive.MEMORY, "500M");
        RecordingClient host = cluster.start(cluster.plan(options, BindRoots.none("real"), workspace.toString()))
                .await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertEquals(3, ranks(host).size(), host::output);
        assertTrue(ranks(host).get(0).matches("rank 0 of 3 on n[12]: sum 6"), host::output);
    }
}
