package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a job leaves comes back into the workspace, which is not on the shared file system here. */
@Tag("cluster")
class OutputsTest {
    private final RealCluster cluster = new RealCluster();

    @TempDir
    Path workspace;

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private RecordingClient run(String script, String outputs) throws Exception {
        Files.writeString(workspace.resolve("in.txt"), "41");
        return cluster.start(cluster.planWithOutputs(true, script, workspace.toString(), "INPUT_N=in.txt", outputs))
                .await();
    }

    @Test
    void outputsOfASuccessfulJobAreCopied() throws Exception {
        RecordingClient host =
                run("mkdir 'my plots' && echo $(($(cat \"$N\") + 1)) >'my plots/sum.txt'", "my plots/**");
        assertEquals(Outcome.success(), host.outcome());
        assertEquals("42\n", Files.readString(workspace.resolve("my plots/sum.txt")));
        assertTrue(
                host.lines().contains("Outputs in the workspace: 1 file, 3 bytes"),
                host.lines().toString());
    }

    @Test
    void outputsOfAFailedJobAreCopied() throws Exception {
        RecordingClient host = run("echo half >partial.txt; exit 4", "*.txt");
        assertEquals(Outcome.ofExitCode(4), host.outcome());
        assertEquals("half\n", Files.readString(workspace.resolve("partial.txt")));
    }

    @Test
    void aJobWithMissingOutputsDoesNotSucceed() throws Exception {
        RecordingClient host = run("echo forgot", "model.pkl");
        assertEquals(Outcome.Kind.OUTPUT_MISSING, host.outcome().kind());
        assertTrue(
                host.outcome().detail().contains("'model.pkl' matches no file in"),
                host.outcome().detail());
    }

    @Test
    void outputsThatCannotBeCopiedAreNamedAndOthersAreCopied() throws Exception {
        RecordingClient host = run(
                "mkdir -p run/private && echo new >run/result.txt && ln -s /nowhere/cache run/latest && mkfifo run/control"
                        + " && echo x >run/private/x && chmod 000 run/private && ln -s . run/a && ln -s . run/b",
                "run/**");
        assertEquals(Outcome.Kind.OUTPUT_MISSING, host.outcome().kind());
        assertEquals(
                "outputs: 'run/control' is a named pipe, no file; 'run/latest' is a symbolic link to /nowhere/cache, which"
                        + " does not exist; 'run/private/' cannot be read: permission denied for user "
                        + System.getProperty("user.name"),
                host.outcome().detail());
        assertEquals("new\n", Files.readString(workspace.resolve("run/result.txt")));
    }

    /** The job sets the time that the file of the build before had. */
    @Test
    void outputsOfTheSameSizeAndTimeAsBeforeAreCopied() throws Exception {
        for (String build : new String[] {"one", "two"}) {
            run("echo " + build + " >result.txt; touch -d 2020-01-01 result.txt", ".");
            assertEquals(build + "\n", Files.readString(workspace.resolve("result.txt")));
        }
        assertEquals("41", Files.readString(workspace.resolve("in.txt")));
    }
}
