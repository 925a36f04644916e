package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen, call after call, of jobs that are watched for long. */
class WatchListsTest {
    @TempDir
    Path folder;

    private final LocalHeadNode node = new LocalHeadNode(new FakeCommands());
    private final String list = UUID.randomUUID().toString();
    private long version;
    private JobDirectory job;

    @BeforeEach
    void prepare() throws IOException {
        Files.createDirectory(Path.of(JobDirectory.announcements(folder.toString())));
        job = newJob();
    }

    private JobDirectory newJob() throws IOException {
        JobDirectory directory = new JobDirectory(folder.toString(), JobToken.random());
        Files.createDirectory(Path.of(directory.path()));
        return directory;
    }

    private static void start(JobDirectory of, String id, int attempt) throws IOException {
        Files.createDirectories(Path.of(of.path()));
        Files.writeString(
                Path.of(of.started() + attempt),
                "v1 token=" + of.token() + " job=" + id + " attempt=" + attempt + " time=5 node=n1\n");
    }

    private static void end(JobDirectory of, String id, int attempt) throws IOException {
        Files.writeString(
                Path.of(of.exit() + attempt),
                "v1 token=" + of.token() + " job=" + id + " attempt=" + attempt
                        + " time=9 exit=3 stage=program signals= oom=0 output=0\n");
    }

    private static Path announcement(JobDirectory of, String what) {
        String task = of.task() == JobDirectory.NO_TASK ? "" : "." + of.task();
        return Path.of(JobDirectory.announcements(of.root()), of.token() + task + "." + what);
    }

    private static void announce(JobDirectory of, String what) throws IOException {
        Files.createFile(announcement(of, what));
    }

    private static ObservedJob watch(JobDirectory of, long offset, int started, int ended) {
        return new ObservedJob(of.token(), of.task(), offset, started, ended, false);
    }

    private WatchChanges whole(ObservedJob... jobs) {
        return new WatchChanges(list, 0, ++version, new ArrayList<>(Arrays.asList(jobs)), new ArrayList<>());
    }

    private WatchChanges changed(ObservedJob... jobs) {
        return jobs.length == 0
                ? new WatchChanges(list, version, version, new ArrayList<>(), new ArrayList<>())
                : new WatchChanges(list, version, ++version, new ArrayList<>(Arrays.asList(jobs)), new ArrayList<>());
    }

    private Observation observe(WatchChanges changes, long millis) throws Exception {
        return node.observe(new ObserveRequest(
                folder.toString(), changes, false, new ArrayList<>(), new ArrayList<>(), false, millis));
    }

    /** @return the only news that come within some seconds */
    private JobNews awaited(WatchChanges changes) throws Exception {
        List<JobNews> news = observe(changes, 20_000).news();
        assertEquals(1, news.size());
        return news.get(0);
    }

    @Test
    void aJobIsSeenFromItsStartToItsEnd() throws Exception {
        assertEquals(List.of(), observe(whole(watch(job, 0, -1, -1)), 0).news());
        start(job, "12", 0);
        Files.writeString(Path.of(job.outputLog()), "one\n");
        announce(job, "started.0");
        JobNews start = awaited(changed());
        assertEquals(0, start.started().attempt());
        assertEquals("one\n", new String(start.output()));
        assertEquals(List.of(), observe(changed(watch(job, 4, 0, -1)), 0).news());
        Files.writeString(Path.of(job.outputLog()), "one\ntwo\n");
        JobNews line = awaited(changed());
        assertEquals("two\n", new String(line.output()));
        end(job, "12", 0);
        announce(job, "ended.0");
        assertEquals(3, awaited(changed(watch(job, 8, 0, -1))).exit().exitCode());
        assertEquals(List.of(), observe(changed(watch(job, 8, 0, 0)), 500).news());
    }

    /** An answer may be lost on its way, and then the same is asked again. */
    @Test
    void newsThatMayNotHaveArrivedIsSentAgain() throws Exception {
        WatchChanges asked = whole(watch(job, 0, -1, -1));
        start(job, "12", 0);
        end(job, "12", 0);
        Files.writeString(Path.of(job.outputLog()), "one\n");
        announce(job, "started.0");
        announce(job, "ended.0");
        for (int i = 0; i < 3; i++) {
            JobNews news = awaited(asked);
            assertEquals(0, news.started().attempt());
            assertEquals(3, news.exit().exitCode());
            assertEquals("one\n", new String(news.output()));
        }
    }

    @Test
    void aRecordMayBeSeenLaterThanItsAnnouncement() throws Exception {
        announce(job, "started.0");
        assertEquals(List.of(), observe(whole(watch(job, 0, -1, -1)), 300).news());
        start(job, "12", 0);
        assertEquals("12", awaited(changed()).started().jobId());
    }

    @Test
    void nothingIsLookedAtWhileAJobWaits() throws Exception {
        start(job, "12", 0);
        Files.writeString(Path.of(job.outputLog()), "one\n");
        assertEquals(List.of(), observe(whole(watch(job, 0, -1, -1)), 1_000).news());
        ObservedJob unannounced = new ObservedJob(job.token(), JobDirectory.NO_TASK, 0, -1, -1, true);
        JobNews news = awaited(changed(unannounced));
        assertEquals("12", news.started().jobId(), "Slurm says that it runs");
    }

    @Test
    void anEndThatCouldNotBeAnnouncedIsFoundWhenSlurmTellsOfIt() throws Exception {
        start(job, "12", 0);
        announce(job, "started.0");
        observe(whole(watch(job, 0, 0, -1)), 300);
        end(job, "12", 0);
        assertEquals(List.of(), observe(changed(), 500).news());
        ObservedJob unannounced = new ObservedJob(job.token(), JobDirectory.NO_TASK, 0, 0, -1, true);
        assertEquals(3, awaited(changed(unannounced)).exit().exitCode());
    }

    @Test
    void anotherStartIsSeen() throws Exception {
        start(job, "12", 0);
        announce(job, "started.0");
        observe(whole(watch(job, 0, 0, -1)), 300);
        start(job, "12", 1);
        announce(job, "started.1");
        assertEquals(1, awaited(changed()).started().attempt());
    }

    @Test
    void tasksAnnounceThemselvesAndTheirAnnouncementsDoNotStay() throws Exception {
        JobDirectory seven = job.ofTask(7);
        JobDirectory eight = job.ofTask(8);
        observe(whole(watch(seven, 0, -1, -1), watch(eight, 0, -1, -1)), 0);
        start(seven, "12_7", 0);
        Files.writeString(Path.of(seven.outputLog()), "one\n");
        announce(seven, "started.0");
        JobNews start = awaited(changed());
        assertEquals(7, start.task());
        assertTrue(Files.exists(announcement(seven, "started.0")), "another head node may be asked next");
        end(seven, "12_7", 0);
        announce(seven, "ended.0");
        assertEquals(3, awaited(changed(watch(seven, 4, 0, -1))).exit().exitCode());
        assertEquals(3, awaited(changed(watch(seven, 4, 0, -1))).exit().exitCode(), "it is told until it is known");
        assertEquals(List.of(), observe(changed(watch(seven, 4, 0, 0)), 500).news());
        WatchChanges gone = new WatchChanges(
                list,
                version,
                ++version,
                new ArrayList<>(),
                new ArrayList<>(List.of(watch(seven, 4, 0, 0).key())));
        observe(gone, 0);
        assertEquals(List.of(), SmallFiles.list(Path.of(JobDirectory.announcements(job.root()))));
    }

    /** Two head nodes in turn, and the first answer is lost. */
    @Test
    void whatOneHeadNodeHasHeardTheOtherHearsToo() throws Exception {
        JobDirectory seven = job.ofTask(7);
        WatchChanges first = whole(watch(seven, 0, -1, -1));
        observe(first, 0);
        WatchChanges second = new WatchChanges(
                UUID.randomUUID().toString(),
                0,
                1,
                new ArrayList<>(List.of(watch(seven, 0, -1, -1))),
                new ArrayList<>());
        observe(second, 0);
        start(seven, "12_7", 0);
        announce(seven, "started.0");
        assertEquals(7, awaited(second).task());
        assertEquals(7, awaited(whole(watch(seven, 0, -1, -1))).task());
    }

    /** Slurm has started a job twice: the second start did nothing and ended first. */
    @Test
    void theEndOfTheRunIsSeenAfterThatOfAStartThatDidNothing() throws Exception {
        start(job, "12", 0);
        announce(job, "started.0");
        observe(whole(watch(job, 0, 0, -1)), 300);
        Files.writeString(
                Path.of(job.exit() + 1),
                "v1 token=" + job.token() + " job=12 attempt=1 time=9 exit=76 stage=prepare signals= oom=0 output=0\n");
        announce(job, "ended.1");
        assertEquals(1, awaited(changed()).exit().attempt());
        assertEquals(List.of(), observe(changed(watch(job, 0, 0, 1)), 500).news());
        end(job, "12", 0);
        announce(job, "ended.0");
        assertEquals(0, awaited(changed()).exit().attempt());
    }

    @Test
    void anUnannouncedEndWhoseAnswerIsLostIsToldAgain() throws Exception {
        start(job, "12", 0);
        announce(job, "started.0");
        observe(whole(watch(job, 0, 0, -1)), 300);
        end(job, "12", 0);
        ObservedJob unannounced = new ObservedJob(job.token(), JobDirectory.NO_TASK, 0, 0, -1, true);
        assertEquals(3, awaited(changed(unannounced)).exit().exitCode());
        assertEquals(3, awaited(changed(watch(job, 0, 0, -1))).exit().exitCode(), "although Slurm's word has changed");
    }

    /** The output that the record of the end promises may be seen later. */
    @Test
    void theRestOfTheOutputIsSeenAfterTheEnd() throws Exception {
        start(job, "12", 0);
        Files.writeString(Path.of(job.outputLog()), "one\n");
        end(job, "12", 0);
        announce(job, "started.0");
        announce(job, "ended.0");
        awaited(whole(watch(job, 0, -1, -1)));
        assertEquals(List.of(), observe(changed(watch(job, 4, 0, 0)), 500).news());
        Files.writeString(Path.of(job.outputLog()), "one\ntwo\n");
        assertEquals("two\n", new String(awaited(changed()).output()));
    }

    /** Another agent has heard their announcements, or this one before it was started anew. */
    @Test
    void startedTasksAreFoundWithoutTheirAnnouncements() throws Exception {
        JobDirectory seven = job.ofTask(7);
        start(seven, "12_7", 0);
        end(seven, "12_7", 0);
        JobNews news = awaited(whole(watch(seven, 0, -1, -1), watch(job.ofTask(8), 0, -1, -1)));
        assertEquals(7, news.task());
        assertEquals(3, news.exit().exitCode());
        JobNews end = awaited(changed(watch(seven, 0, 0, -1)));
        assertEquals(3, end.exit().exitCode());
    }

    @Test
    void changesOfAListThatIsNotKnownAreRefused() throws Exception {
        WatchChanges changes =
                new WatchChanges(list, 3, 4, new ArrayList<>(List.of(watch(job, 0, -1, -1))), new ArrayList<>());
        assertTrue(observe(changes, 20_000).listUnknown());
        version = 5;
        assertFalse(observe(whole(watch(job, 0, -1, -1)), 0).listUnknown());
        assertTrue(observe(changes, 20_000).listUnknown(), "it has been overtaken");
    }

    @Test
    void jobsThatAreNoLongerWatchedAreNotLookedAt() throws Exception {
        observe(whole(watch(job, 0, -1, -1)), 0);
        WatchChanges gone = new WatchChanges(
                list,
                version,
                ++version,
                new ArrayList<>(),
                new ArrayList<>(List.of(job.token().value())));
        observe(gone, 0);
        start(job, "12", 0);
        announce(job, "started.0");
        assertEquals(List.of(), observe(changed(), 500).news());
    }

    @Test
    void aNewerCallEndsAnOlderOne() throws Exception {
        WatchChanges first = whole(watch(job, 0, -1, -1));
        WatchChanges second = changed(watch(job, 0, -1, -1), watch(newJob(), 0, -1, -1));
        CompletableFuture<Observation> older = CompletableFuture.supplyAsync(() -> {
            try {
                return observe(first, 60_000);
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        Waits.stays("the first call", java.time.Duration.ofMillis(300), () -> !older.isDone());
        observe(second, 0);
        assertEquals(
                List.of(), older.get(20, java.util.concurrent.TimeUnit.SECONDS).news());
    }
}
