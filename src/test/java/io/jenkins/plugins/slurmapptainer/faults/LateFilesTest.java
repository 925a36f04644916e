package io.jenkins.plugins.slurmapptainer.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network file system shows one of a job's files before the other, or not at all. Faults 9 and 10. */
class LateFilesTest {
    @TempDir
    private Path folder;

    @Test
    @DisplayName("10: an end that is not announced is found by its record once Slurm reports the end")
    void endWithoutAnnouncementIsFound() throws Exception {
        JobDirectory job = new JobDirectory(folder.toString(), JobToken.random());
        Files.createDirectories(Path.of(job.path()));
        Files.writeString(
                Path.of(job.exit() + 0),
                "v1 token=" + job.token() + " job=12 attempt=0 time=9 exit=3 stage=program signals= oom=0 output=0\n");
        ObservedJob watch = new ObservedJob(job.token(), JobDirectory.NO_TASK, 0, 0, -1, true);
        WatchChanges list = new WatchChanges(
                UUID.randomUUID().toString(), 0, 1, new ArrayList<>(List.of(watch)), new ArrayList<>());
        ObserveRequest request =
                new ObserveRequest(folder.toString(), list, false, new ArrayList<>(), new ArrayList<>(), false, 20_000);
        List<JobNews> news = new LocalHeadNode().observe(request).news();
        assertEquals(1, news.size());
        assertEquals(3, news.get(0).exit().exitCode());
    }
}
