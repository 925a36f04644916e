package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Which packages the cluster's scripts install on which machine, and what they know of files that changed under running daemons.
 * The machine is a folder: its commands in bin, Slurm's plugins in plugins, the library that the plugin for PMIx opens in pmix.
 */
class ClusterPackagesTest {
    @TempDir
    Path machine;

    @BeforeEach
    void makeFolders() throws IOException {
        for (String folder : List.of("bin", "plugins", "pmix", "cluster/run")) {
            Files.createDirectories(machine.resolve(folder));
        }
    }

    private String bash(String commands) throws Exception {
        Map<String, String> environment = Map.of("MACHINE", machine.toString());
        return new Bash(environment, "src/cluster/lib/packages.sh", "src/cluster/lib/software.sh")
                .run("CLUSTER_DIR=$MACHINE/cluster own_plugins=$MACHINE/plugins own_pmix=$MACHINE/pmix/libpmix.so\n"
                        + commands);
    }

    private List<String> chosen(String settings) throws Exception {
        String printed = bash(settings
                + "\nmissing=() path=$PATH; PATH=$MACHINE/bin; packages_choose; PATH=$path; echo \"${missing[@]}\"");
        return List.of(printed.split(" "));
    }

    private void installed(String... commands) throws IOException {
        for (String command : commands) {
            Files.createFile(machine.resolve("bin").resolve(command)).toFile().setExecutable(true);
        }
    }

    private void plugins(String... names) throws IOException {
        for (String name : names) {
            Files.createFile(machine.resolve("plugins").resolve(name));
        }
    }

    @Test
    void machineWithNothingGetsAllAtOnce() throws Exception {
        List<String> first = chosen("SLURM= ACCOUNTING=0");
        assertTrue(
                first.containsAll(List.of("slurmd", "slurmctld", "slurm-client", "slurmdbd", "mariadb-server-core")),
                () -> "" + first);
        assertTrue(
                first.containsAll(List.of("libpmix-dev", "slurm-wlm-jwt-plugin")),
                () -> "comes with slurmd's plugins: " + first);
        assertEquals(first, chosen("SLURM= ACCOUNTING=1"), "a later cluster with accounting needs nothing more");
    }

    @Test
    void debiansSlurmGetsThePackagesOfItsPlugins() throws Exception {
        installed("slurmd", "slurmctld", "sbatch", "munged", "slurmdbd");
        plugins("auth_munge.so", "mpi_pmix.so", "auth_jwt.so");
        assertTrue(chosen("SLURM= ACCOUNTING=0").contains("libpmix-dev"));
        assertFalse(chosen("SLURM= ACCOUNTING=0").contains("slurm-wlm-jwt-plugin"));
        Files.createFile(machine.resolve("pmix/libpmix.so"));
        assertFalse(chosen("SLURM= ACCOUNTING=0").contains("libpmix-dev"));
    }

    @Test
    void otherSlurmStaysAsItIs() throws Exception {
        installed("slurmd", "slurmctld", "sbatch", "munged");
        List<String> chosen = chosen("SLURM= ACCOUNTING=0");
        assertFalse(chosen.stream().anyMatch(name -> name.matches("slurm.*|libpmix.*")), () -> "" + chosen);
        assertTrue(chosen("SLURM= ACCOUNTING=1").contains("slurmdbd"));
    }

    @Test
    void pluginAndLibraryThatCameLaterAreNoticed() throws Exception {
        installed("slurmd", "slurmctld");
        plugins("auth_munge.so");
        String same = "SLURM=; PATH=$MACHINE/bin:$PATH; if software_same; then echo same; else echo changed; fi";
        assertEquals("changed", bash(same), "nothing is known of daemons without a note");
        bash("SLURM=; PATH=$MACHINE/bin:$PATH; software_note");
        assertEquals("same", bash(same));
        String before = bash("SLURM=; software_sum");
        Files.createFile(machine.resolve("pmix/libpmix.so"));
        assertEquals("changed", bash(same));
        assertNotEquals(before, bash("SLURM=; software_sum"));
        bash("SLURM=; PATH=$MACHINE/bin:$PATH; software_note");
        plugins("mpi_pmix.so");
        assertEquals("changed", bash(same));
    }
}
