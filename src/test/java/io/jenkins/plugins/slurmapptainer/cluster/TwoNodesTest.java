package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Jobs on two nodes: what the documentation says about {@code srun apptainer exec}, on the real ones. */
@Tag("cluster")
class TwoNodesTest {
    private static final Map<Directive, String> TWO_NODES =
            Map.of(Directive.NODES, "2", Directive.NTASKS, "2", Directive.MEMORY, "200M");

    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient run(boolean inImage, String script) throws InterruptedException {
        return cluster.start(cluster.plan(inImage, script, TWO_NODES, List.of(), "", ""))
                .await();
    }

    private String inImage(String program) {
        return "srun apptainer exec --no-home --bind \"$PWD\" "
                + cluster.python().path() + " python3 -c '" + program + "'";
    }

    @Test
    void aContainerOnEachNodeSharesFilesAndKnowsItsRank() throws Exception {
        RecordingClient host = run(
                false,
                "pwd\n"
                        + inImage("import os; r = os.environ[\"SLURM_PROCID\"]; open(\"of-\" + r, \"w\").write(r);"
                                + " print(\"rank\", r, \"on\", os.environ[\"SLURMD_NODENAME\"], \"of\","
                                + " os.environ[\"SLURM_NTASKS\"])")
                        + "\ncat of-*; echo");
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertEquals(
                List.of("rank 0 on n1 of 2", "rank 1 on n2 of 2"),
                host.output()
                        .lines()
                        .filter(line -> line.startsWith("rank"))
                        .sorted()
                        .collect(Collectors.toList()),
                host::output);
        assertTrue(host.output().contains("\n01\n"), host::output);
        assertEquals("n[1-2]", host.record().nodes());
    }

    @Test
    void theHighestExitCodeIsThatOfTheJob() throws Exception {
        RecordingClient host =
                run(false, inImage("import os, sys; sys.exit(3 if os.environ[\"SLURM_PROCID\"] == \"1\" else 0)"));
        assertEquals(Outcome.ofExitCode(3), host.outcome(), host::output);
    }

    @Test
    void withAnImageTheScriptRunsOnTheFirstNodeAlone() throws Exception {
        RecordingClient host =
                run(true, "echo \"alone on $SLURMD_NODENAME, $SLURM_NNODES nodes\"; command -v srun || echo none");
        assertEquals(Outcome.success(), host.outcome(), host::output);
        assertEquals(
                1,
                host.output().lines().filter(line -> line.startsWith("alone")).count(),
                host::output);
        assertTrue(host.output().contains(", 2 nodes\nnone\n"), host::output);
    }

    @Test
    void cancellingEndsTheProgramsOnBothNodes() throws Exception {
        RecordingClient host = cluster.start(cluster.plan(
                false,
                inImage("import os, time; print(\"up\", flush=True); time.sleep(600)"),
                TWO_NODES,
                List.of(),
                "",
                ""));
        host.until(() ->
                host.ends() > 0 || host.output().lines().filter("up"::equals).count() == 2);
        host.job().cancel();
        host.await();
        assertEquals(Outcome.Kind.CANCELLED, host.outcome().kind(), host.outcome()::toString);
        String id = host.record().jobId();
        assertEquals("", RealCluster.command("squeue", "--noheader", "--steps", "--jobs", id));
    }
}
