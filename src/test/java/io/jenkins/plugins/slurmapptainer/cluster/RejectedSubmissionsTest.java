package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import io.jenkins.plugins.slurmapptainer.realcluster.SubmitOnce;
import java.io.File;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.tools.ant.DirectoryScanner;
import org.awaitility.core.ConditionTimeoutException;
import org.hamcrest.Matcher;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.platform.commons.util.ReflectionUtils;
import org.opentest4j.AssertionFailedError;

@Tag("cluster")
class RejectedSubmissionsTest {
    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PARTITION|nowhere|invalid partition specified: nowhere",
                "MEMORY|900T|Memory specification can not be satisfied",
                "RESERVATION|nowhere|Requested reservation is invalid"
            })
    void slurmsWordsAreQuoted(Directive directive, String value, String words) throws Exception {
        RecordingClient host = cluster.start(cluster.plan(false, "true", Map.of(directive, value), List.of(), "", ""))
                .await();
        assertEquals(Outcome.Kind.SUBMIT_REJECTED, host.outcome().kind());
        assertTrue(host.outcome().detail().contains(words), host.outcome().detail());
        assertEquals("", host.record().jobId());
    }

    /** Slurm queues it unless the site enforces the partition's limits; why it waits is told. */
    @Test
    void aRequestForTooManyNodesIsReportedWhileTheJobWaits() throws Exception {
        RecordingClient host =
                cluster.start(cluster.plan(false, "true", Map.of(Directive.NODES, "99"), List.of(), "", ""));
        host.until(() ->
                host.ends() > 0 || host.lines().stream().anyMatch(line -> line.contains(" is pending (Partition")));
        host.job().cancel();
        assertTrue(
                List.of(Outcome.Kind.CANCELLED, Outcome.Kind.SUBMIT_REJECTED)
                        .contains(host.await().outcome().kind()),
                host.outcome()::toString);
    }

    /** In a process of its own, because nobody can change the PATH of this one. */
    @Test
    void aHeadNodeWithoutSbatchIsReportedInPlainWords() throws Exception {
        ProcessBuilder builder = new ProcessBuilder(
                System.getProperty("java.home") + "/bin/java", "-cp", classPath(), SubmitOnce.class.getName());
        builder.environment().put("PATH", "/nowhere");
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertTrue(output.startsWith("SUBMIT_REJECTED sbatch: sbatch cannot be run on this head node"), output);
        assertTrue(output.contains("which is /nowhere"), output);
    }

    /** Where the classes of this process come from, whoever loaded them. */
    private static String classPath() {
        return Stream.of(
                        SubmitOnce.class,
                        JobLifecycle.class,
                        DirectoryScanner.class,
                        Assertions.class,
                        AssertionFailedError.class,
                        ReflectionUtils.class,
                        ConditionTimeoutException.class,
                        Matcher.class)
                .map(type -> Path.of(URI.create(type.getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toString()))
                        .toString())
                .distinct()
                .collect(Collectors.joining(File.pathSeparator));
    }
}
