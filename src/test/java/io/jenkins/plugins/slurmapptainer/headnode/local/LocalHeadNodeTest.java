package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.script.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the head node sees of its jobs: files that other machines write, and Slurm's answers. */
class LocalHeadNodeTest {
    @TempDir
    private Path folder;

    private final FakeCommands slurm = new FakeCommands();
    private final LocalHeadNode node = new LocalHeadNode(slurm);
    private JobDirectory job;

    @BeforeEach
    void prepare() throws IOException {
        job = newJob();
    }

    private JobDirectory newJob() throws IOException {
        JobDirectory directory = new JobDirectory(folder.toString(), JobToken.random());
        Files.createDirectories(Path.of(directory.path()));
        Files.createDirectories(Path.of(JobDirectory.announcements(directory.root())));
        return directory;
    }

    private void started(int attempt) throws IOException {
        Files.writeString(
                Path.of(job.started() + attempt),
                "v1 token=" + job.token() + " job=12 attempt=" + attempt + " time=5 node=n1\n");
    }

    private void ended(int attempt) throws IOException {
        Files.writeString(
                Path.of(job.exit() + attempt),
                "v1 token=" + job.token() + " job=12 attempt=" + attempt
                        + " time=9 exit=0 stage=program signals= oom=0 output=3\n");
        announce("ended." + attempt);
    }

    private void announce(String what) throws IOException {
        Files.writeString(Path.of(JobDirectory.announcements(job.root()), job.token() + "." + what), "");
    }

    private Observation observe(boolean askQueue, long wait, ObservedJob... watches) throws Exception {
        return node.observe(ObserveRequest.once(folder.toString(), List.of(watches), askQueue, wait));
    }

    private ObservedJob nothingKnown() {
        return new ObservedJob(job.token(), 0, -1, -1);
    }

    @Test
    void newsComesAtOnce() throws Exception {
        started(0);
        Files.writeString(Path.of(job.outputLog()), "hi\n");
        ended(0);
        JobNews news = observe(false, 10_000, nothingKnown()).news().get(0);
        assertEquals("hi\n", new String(news.output(), StandardCharsets.UTF_8));
        assertEquals("n1", news.started().node());
        assertEquals(0, news.exit().exitCode());
        assertEquals(List.of(), slurm.calls);
    }

    @Test
    void knownFactsAreNoNews() throws Exception {
        started(0);
        Files.writeString(Path.of(job.outputLog()), "hi\n");
        ended(0);
        Observation none = observe(false, 0, new ObservedJob(job.token(), 3, 0, 0));
        assertEquals(List.of(), none.news());
        assertNull(none.queue());
    }

    @Test
    void newsIsAwaitedUntilTheTimeIsUp() throws Exception {
        long begin = System.nanoTime();
        assertEquals(List.of(), observe(false, 500, nothingKnown()).news());
        assertTrue(System.nanoTime() - begin >= 500_000_000L);
    }

    @Test
    void theNewestAttemptCounts() throws Exception {
        started(0);
        ended(0);
        started(1);
        started(10);
        JobNews news =
                observe(false, 0, new ObservedJob(job.token(), 0, 0, -1)).news().get(0);
        assertEquals(10, news.started().attempt());
        assertNull(news.exit(), "the end of an attempt that was followed by another one");
    }

    private void startedInVain(int attempt) throws Exception {
        Files.writeString(
                Path.of(job.exit() + attempt),
                "v1 token=" + job.token() + " job=12 attempt=" + attempt
                        + " time=9 exit=76 stage=prepare signals= oom=0 output=3\n");
        announce("ended." + attempt);
    }

    @Test
    void aStartThatDidNothingDoesNotHideTheEndOfTheRun() throws Exception {
        started(0);
        startedInVain(1);
        ExitRecord nothing = observe(false, 0, nothingKnown()).news().get(0).exit();
        assertTrue(nothing.isOfRepeatedStart());
        ObservedJob known = new ObservedJob(job.token(), 0, 0, 1);
        assertEquals(List.of(), observe(false, 0, known).news());
        ended(0);
        ExitRecord end = observe(false, 0, known).news().get(0).exit();
        assertEquals(0, end.attempt());
        assertTrue(end.startedAgain());
        assertEquals(
                List.of(),
                observe(false, 0, new ObservedJob(job.token(), 0, 0, 0)).news());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "garbage", "v1 token=00000000000000000000000000000000 job=1 attempt=0 time=1 node=n1\n"})
    void aDamagedRecordIsNoNews(String text) throws Exception {
        Files.writeString(Path.of(job.started() + 0), text);
        Files.writeString(Path.of(job.exit() + 0), text);
        Files.writeString(Path.of(job.exit() + "x"), text);
        announce("ended.0");
        assertEquals(List.of(), observe(false, 0, nothingKnown()).news());
    }

    @Test
    void aRecordWithAWrongNumberIsIgnored() throws Exception {
        started(0);
        Files.move(Path.of(job.started() + 0), Path.of(job.started() + 7));
        assertEquals(List.of(), observe(false, 0, nothingKnown()).news());
    }

    @Test
    void aJobWithoutADirectoryHarmsNoOther() throws Exception {
        started(0);
        Observation answer = observe(false, 0, new ObservedJob(JobToken.random(), 0, -1, -1), nothingKnown());
        assertEquals(job.token(), answer.news().get(0).token());
    }

    /** A program may do anything to the directory of its own job; the head node looks at those of all builds at once. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "rm -r . && touch \"$PWD\"",
                "mkfifo output.log",
                "mkdir output.log",
                "mkfifo started.0",
                "mkfifo exit.0 && touch ../announced/$(basename \"$PWD\").ended.0",
                "mkdir exit.0 && touch ../announced/$(basename \"$PWD\").ended.0",
                "touch tasks",
                "mkdir tasks && touch tasks/7",
                "mkdir tasks && mkfifo tasks/7.log"
            })
    void aJobThatDamagesItsDirectoryHarmsNoOther(String deed) throws Exception {
        started(0);
        JobDirectory other = newJob();
        String cd = "cd \"$1\" && "
                + deed.replace("rm -r .", "cd .. && rm -r \"$1\"").replace("$PWD", "$1");
        assertEquals(0, Shell.run("bash", "-c", cd, "x", other.path()).exitCode());
        ObservedJob[] watches = {
            nothingKnown(),
            new ObservedJob(other.token(), 0, -1, -1),
            new ObservedJob(other.token(), 7, 0, -1, -1, true)
        };
        Observation answer = assertTimeoutPreemptively(Duration.ofMinutes(1), () -> observe(false, 0, watches));
        assertEquals(
                List.of(job.token()), answer.news().stream().map(JobNews::token).toList());
    }

    @Test
    void anAnswerIsBoundedAndTheRestFollows() throws Exception {
        byte[] line = "x".repeat(99).concat("\n").getBytes(StandardCharsets.UTF_8);
        byte[] output = new byte[1_000_000];
        for (int i = 0; i < output.length; i++) {
            output[i] = line[i % 100];
        }
        Files.write(Path.of(job.outputLog()), output);
        long offset = 0;
        int pieces = 0;
        while (offset < output.length) {
            JobNews news = observe(false, 0, new ObservedJob(job.token(), offset, 0, -1))
                    .news()
                    .get(0);
            assertEquals(offset, news.from());
            assertTrue(news.output().length <= 256 * 1024);
            offset += news.output().length;
            pieces++;
        }
        assertTrue(pieces >= 4);
    }

    @Test
    void everyJobGetsRoomInAnAnswerInTheEnd() throws Exception {
        ObservedJob[] watches = new ObservedJob[20];
        for (int i = 0; i < watches.length; i++) {
            JobDirectory loud = newJob();
            Files.write(Path.of(loud.outputLog()), new byte[400_000]);
            watches[i] = new ObservedJob(loud.token(), 0, 0, -1);
        }
        Set<JobToken> seen = new HashSet<>();
        for (int i = 0; i < 60; i++) {
            ArrayList<JobNews> news = observe(false, 0, watches).news();
            assertTrue(news.size() < watches.length, "an answer is bounded");
            news.forEach(item -> seen.add(item.token()));
        }
        assertEquals(watches.length, seen.size());
    }

    @Test
    void squeueIsAskedOnceForEverybody() throws Exception {
        slurm.squeue = argv ->
                FakeCommands.ok(FakeCommands.row("12", "PENDING", "x") + FakeCommands.row("13", "RUNNING", "y"));
        Observation answer = observe(true, 10_000, nothingKnown(), new ObservedJob(newJob().token(), 0, -1, -1));
        assertEquals(2, answer.queue().size());
        assertEquals("", answer.queueError());
        assertEquals(List.of("squeue"), slurm.calls);
    }

    @Test
    void aSqueueThatDoesNotAnswerIsNoEmptyQueue() throws Exception {
        slurm.squeue = argv -> FakeCommands.fails("slurm_load_jobs error: Unable to contact slurm controller");
        Observation answer = observe(true, 0, nothingKnown());
        assertNull(answer.queue());
        assertTrue(answer.queueError().contains("Unable to contact"), answer.queueError());
        slurm.squeue = argv -> FakeCommands.timedOut();
        assertNull(observe(true, 0, nothingKnown()).queue());
        slurm.squeue = argv -> {
            throw new IOException("no such program");
        };
        assertTrue(observe(true, 0, nothingKnown()).queueError().contains("squeue cannot be run"));
    }

    @Test
    void cancellingWhatIsGoneIsAccepted() throws Exception {
        slurm.scancel =
                argv -> FakeCommands.fails("scancel: error: Kill job error on job id 12: Invalid job id specified");
        assertEquals(
                CancelAnswer.Result.GONE,
                node.cancel(new CancelRequest("12", "", CancelRequest.How.ORDERLY))
                        .result());
        slurm.scancel = argv -> FakeCommands.fails("scancel: error: Unable to contact slurm controller");
        CancelAnswer answer = node.cancel(new CancelRequest("12", "", CancelRequest.How.ORDERLY));
        assertFalse(answer.accepted());
        assertTrue(answer.text().contains("Unable to contact"), answer.text());
        slurm.scancel = argv -> FakeCommands.timedOut();
        assertFalse(
                node.cancel(new CancelRequest("12", "", CancelRequest.How.HARD)).accepted());
        assertThrows(
                IllegalArgumentException.class,
                () -> node.cancel(new CancelRequest("--me", "", CancelRequest.How.ORDERLY)));
    }

    @Test
    void anEndedJobIsCleanedUpUnlessSomebodyLooksForTheCause() throws Exception {
        ended(0);
        node.collect(CollectRequest.cleanUp(job, CollectRequest.Afterwards.KEEP_FAILED));
        assertEquals(List.of(), SmallFiles.list(Path.of(JobDirectory.announcements(job.root()))));
        assertTrue(Files.exists(Path.of(job.exit() + 0)));
        Path precious = Files.writeString(folder.resolve("precious"), "x");
        Files.createSymbolicLink(Path.of(job.path(), "link"), folder);
        node.collect(CollectRequest.cleanUp(job, CollectRequest.Afterwards.REMOVE));
        node.collect(CollectRequest.cleanUp(job, CollectRequest.Afterwards.REMOVE));
        assertFalse(Files.exists(Path.of(job.path())));
        assertTrue(Files.exists(precious), "links are not followed");
    }

    /** A slurmctld that was killed has forgotten the job, and the next one got its id. */
    @Test
    void anotherJobWithTheSameIdIsNotCancelled() throws Exception {
        slurm.squeue = argv -> FakeCommands.ok("jenkins:c1:" + "f".repeat(32) + "\n");
        CancelRequest request = new CancelRequest("12", job.comment(), CancelRequest.How.ORDERLY);
        assertEquals(CancelAnswer.Result.ANOTHERS, node.cancel(request).result());
        assertEquals(0, slurm.count("scancel"));
        for (String answer : List.of(job.comment() + "\n", "reviewed by the operators\n", "")) {
            slurm.squeue = argv -> FakeCommands.ok(answer);
            assertEquals(CancelAnswer.Result.TAKEN, node.cancel(request).result());
        }
        slurm.squeue = argv -> FakeCommands.timedOut();
        assertTrue(node.cancel(request).accepted());
        assertEquals(4, slurm.count("scancel"));
    }

    @Test
    void anInterruptionWhileItReadsIsNoTroubleOfTheHeadNode() throws Exception {
        Files.writeString(Path.of(job.outputLog()), "hi\n");
        Thread.currentThread().interrupt();
        assertThrows(InterruptedException.class, () -> observe(false, 10_000, nothingKnown()));
        assertFalse(Thread.interrupted());
    }
}
