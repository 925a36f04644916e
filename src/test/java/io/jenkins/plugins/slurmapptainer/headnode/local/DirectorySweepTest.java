package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SweepRequest;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is removed, and what is left alone. */
class DirectorySweepTest {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long FOR_EVER = SweepRequest.FOR_EVER;

    @TempDir
    private Path shared;

    private final FakeCommands slurm = new FakeCommands();
    private final ArrayList<JobToken> unfinished = new ArrayList<>();
    private String root;

    @BeforeEach
    void prepare() throws Exception {
        root = JobDirectory.root(shared.toString(), "c1");
        SmallFiles.createPrivateDirectory(Path.of(JobDirectory.announcements(root)));
    }

    private JobDirectory job(CollectRequest.Afterwards afterwards) throws Exception {
        JobDirectory directory = new JobDirectory(root, JobToken.random());
        SmallFiles.createPrivateDirectory(Path.of(directory.files()));
        Files.writeString(Path.of(directory.outputLog()), "12345");
        Files.writeString(Path.of(directory.files(), "data"), "1234567");
        Files.createFile(Path.of(directory.exit() + 0));
        Files.createFile(Path.of(JobDirectory.announcements(root), directory.token() + ".ended.0"));
        new LocalHeadNode(slurm).collect(CollectRequest.cleanUp(directory, afterwards));
        return directory;
    }

    private JobDirectory failed() throws Exception {
        return job(CollectRequest.Afterwards.KEEP_FAILED);
    }

    private JobDirectory succeeded() throws Exception {
        return job(CollectRequest.Afterwards.KEEP_SUCCEEDED);
    }

    /** A sweep some days from now. */
    private SweepAnswer sweep(double days, long failedMillis, long succeededMillis) throws Exception {
        return sweep(days, failedMillis, succeededMillis, Duration.ofMinutes(1));
    }

    private SweepAnswer sweep(double days, long failedMillis, long succeededMillis, Duration limit) throws Exception {
        SweepRequest request = new SweepRequest(root, unfinished, failedMillis, succeededMillis, limit.toMillis());
        return new DirectorySweep(slurm, request, System.currentTimeMillis() + (long) (days * DAY)).sweep();
    }

    private static boolean exists(JobDirectory directory) {
        return Files.exists(Path.of(directory.path()), LinkOption.NOFOLLOW_LINKS);
    }

    private boolean nothingIsLeftOf(JobDirectory directory) throws Exception {
        return !exists(directory)
                && SmallFiles.list(Path.of(JobDirectory.removed(root))).isEmpty();
    }

    @Test
    void eachKindIsKeptForItsOwnTime() throws Exception {
        JobDirectory failed = failed();
        JobDirectory succeeded = succeeded();
        assertEquals(2, sweep(0.9, 3 * DAY, DAY).kept());
        SweepAnswer first = sweep(1.1, 3 * DAY, DAY);
        assertEquals("removed 1 job directory, 21 bytes; 1 is kept", first.text());
        assertTrue(exists(failed) && nothingIsLeftOf(succeeded));
        assertEquals(1, sweep(3.1, 3 * DAY, DAY).removed());
        assertTrue(nothingIsLeftOf(failed));
    }

    @Test
    void withoutALimitNothingIsRemoved() throws Exception {
        failed();
        succeeded();
        assertEquals(new SweepAnswer(0, 0, 2, false, new ArrayList<>()), sweep(10_000, FOR_EVER, FOR_EVER));
        assertEquals(0, slurm.count("squeue"), "nothing is asked that is not needed");
    }

    @Test
    void aJobThatHasNotEndedKeepsItsDirectory() throws Exception {
        JobDirectory known = failed();
        JobDirectory queued = failed();
        unfinished.add(known.token());
        slurm.squeue = argv -> FakeCommands.ok(FakeCommands.row("12", "RUNNING", queued.comment()));
        assertEquals(0, sweep(100, 0, 0).removed());
        slurm.squeue = argv -> FakeCommands.ok(FakeCommands.row("12", "COMPLETED", queued.comment()));
        assertEquals(1, sweep(100, 0, 0).removed());
        assertTrue(exists(known) && nothingIsLeftOf(queued));
    }

    /** A job may announce its end when all is known of it already. */
    @Test
    void announcementsOfJobsThatAreOverAreRemoved() throws Exception {
        Path announced = Path.of(JobDirectory.announcements(root));
        JobDirectory running = new JobDirectory(root, JobToken.random());
        SmallFiles.createPrivateDirectory(Path.of(running.files()));
        List<String> stay = List.of(running.token() + ".started.0", running.token() + ".7.ended.0", "something-else");
        List<String> go = List.of(failed().token() + ".ended.0", JobToken.random() + ".7.ended.1");
        for (String name : Stream.concat(stay.stream(), go.stream()).toList()) {
            Files.createFile(announced.resolve(name));
        }
        sweep(0.01, FOR_EVER, FOR_EVER);
        assertEquals(5, SmallFiles.list(announced).size(), "they may be of jobs that have just ended");
        assertEquals(List.of(), sweep(0.1, FOR_EVER, FOR_EVER).problems());
        assertEquals(Set.copyOf(stay), Set.copyOf(new JobStore(root).list(announced.toString())));
    }

    /** Whoever ended the job could not remove them, or nobody was there to ask. */
    @Test
    void leftVariablesAreRemovedAndReported() throws Exception {
        JobDirectory left = failed();
        JobDirectory queued = failed();
        for (JobDirectory directory : List.of(left, queued)) {
            Files.writeString(Path.of(directory.environment()), "TOKEN=x");
        }
        slurm.squeue = argv -> FakeCommands.ok(FakeCommands.row("12", "RUNNING", queued.comment()));
        assertEquals(List.of(), sweep(0.01, FOR_EVER, FOR_EVER).problems(), "it may be of a job that begins");
        SweepAnswer answer = sweep(0.1, FOR_EVER, FOR_EVER);
        assertEquals(
                List.of("removed " + left.environment() + ", which was left with the values of a build's variables"),
                answer.problems());
        assertFalse(Files.exists(Path.of(left.environment())));
        assertTrue(Files.exists(Path.of(queued.environment())));
    }

    @Test
    void variablesThatCannotBeRemovedDoNotStopTheSweep() throws Exception {
        JobDirectory directory = job(CollectRequest.Afterwards.USE);
        Path stubborn = Files.createDirectory(Path.of(directory.environment()));
        Files.createFile(stubborn.resolve("x"));
        List<String> notes = new LocalHeadNode(slurm)
                .collect(CollectRequest.cleanUp(directory, CollectRequest.Afterwards.KEEP_FAILED))
                .notes();
        assertTrue(
                notes.get(0).contains("could not be removed; the next sweep of job directories tries again"),
                notes.toString());
        assertTrue(Files.exists(Path.of(directory.ended())));
        String said = sweep(0.1, FOR_EVER, FOR_EVER).text();
        assertTrue(said.contains("cannot remove " + stubborn), said);
    }

    @Test
    void aQueueThatCannotBeAskedStopsTheSweep() throws Exception {
        JobDirectory failed = failed();
        slurm.squeue = argv -> FakeCommands.fails("slurm_load_jobs error: Unable to contact slurm controller");
        SweepAnswer answer = sweep(100, DAY, DAY);
        assertTrue(exists(failed));
        assertTrue(answer.text().contains("squeue did not answer: slurm_load_jobs error"), answer.text());
    }

    @Test
    void aDirectoryWithoutEndMarkIsRemovedOnlyWhenOld() throws Exception {
        JobDirectory unmarked = job(CollectRequest.Afterwards.USE);
        sweep(0.9, 0, 0);
        assertTrue(exists(unmarked), "it may be one whose files are being staged");
        sweep(2, 3 * DAY, 0);
        assertTrue(exists(unmarked));
        sweep(100, FOR_EVER, 0);
        assertTrue(exists(unmarked));
        sweep(3.1, 3 * DAY, 0);
        assertTrue(nothingIsLeftOf(unmarked));
    }

    @Test
    void othersDirectoriesAndStrangeNamesAreLeftAlone() throws Exception {
        JobDirectory others = new JobDirectory(JobDirectory.root(shared.toString(), "c2"), JobToken.random());
        SmallFiles.createPrivateDirectory(Path.of(others.path()));
        EndMark.FAILED.leave(others);
        Path mine = Files.createDirectories(Path.of(root, "my precious"));
        Path target = Files.createDirectory(shared.resolve("target"));
        Files.writeString(target.resolve("ended"), "failed");
        Path link = Files.createSymbolicLink(Path.of(root, JobToken.random().value()), target);
        assertEquals(0, sweep(100, 0, 0).removed());
        assertTrue(exists(others) && Files.exists(mine) && Files.exists(link) && Files.exists(target));
    }

    @Test
    void hostileContentIsRemovedWithoutHarmToOtherFiles() throws Exception {
        JobDirectory job = failed();
        Path files = Path.of(job.files());
        Path precious = Files.createDirectory(shared.resolve("precious"));
        Files.writeString(precious.resolve("file"), "x");
        Files.createSymbolicLink(files.resolve("directory"), precious);
        Files.createSymbolicLink(files.resolve("file"), precious.resolve("file"));
        Files.createSymbolicLink(files.resolve("loop"), files);
        Files.createLink(files.resolve("hard"), precious.resolve("file"));
        Files.createFile(files.resolve("new\nline \u00e4 'q\" $HOME"));
        Path closed = Files.createDirectory(files.resolve("closed"));
        Files.writeString(closed.resolve("in it"), "x");
        Files.setPosixFilePermissions(closed, PosixFilePermissions.fromString("---------"));
        Path deep = files;
        String name = "d".repeat(200);
        // A path of 200 000 characters, made as a job makes it: from within.
        new ProcessBuilder(
                        "bash",
                        "-c",
                        "for i in $(seq 1000); do mkdir " + name + " && cd -P " + name + "; done; echo x >f")
                .directory(deep.toFile())
                .start()
                .waitFor();
        SweepAnswer answer = sweep(1, DAY / 2, 0);
        assertEquals(List.of(), answer.problems());
        assertTrue(nothingIsLeftOf(job));
        assertEquals("x", Files.readString(precious.resolve("file")));
    }

    /** What a job has left running, or another of the same account, may change the tree while it is removed. */
    @Test
    void aLinkInPlaceOfADirectoryIsNotFollowedWhileThatIsRemoved() throws Exception {
        int many = 3000;
        Path precious = Files.createDirectory(shared.resolve("precious"));
        for (int i = 0; i < many; i++) {
            Files.createFile(precious.resolve("f" + i));
        }
        boolean swapped = false;
        for (int tries = 0; !swapped && tries < 20; tries++) {
            JobDirectory job = failed();
            Path files = Files.createDirectory(Path.of(job.files()).resolve("many"));
            for (int i = 0; i < many; i++) {
                Files.createFile(files.resolve("f" + i));
            }
            TreeRemoval.setAside(job);
            Path tree = Path.of(JobDirectory.removed(root), job.token().value(), "files", "many");
            FutureTask<Boolean> swap = new FutureTask<>(() -> becomesALink(tree, precious, many));
            new Thread(swap).start();
            sweep(2, DAY, 0);
            swapped = swap.get();
            assertEquals(many, SmallFiles.list(precious).size());
            assertEquals(List.of(), sweep(2, DAY, 0).problems());
            assertTrue(nothingIsLeftOf(job));
        }
        assertTrue(swapped, "the removal was always quicker");
        assertEquals(many, SmallFiles.list(precious).size());
    }

    /** When the first files have been removed. */
    private static boolean becomesALink(Path directory, Path target, int files) throws IOException {
        try {
            while (SmallFiles.list(directory).size() > files - 10) {
                Thread.onSpinWait();
            }
            Files.move(directory, directory.resolveSibling("moved"));
            Files.createSymbolicLink(directory, target);
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    @Test
    void aJobThatSucceededIsRemovedWhateverItHasMade() throws Exception {
        JobDirectory job = job(CollectRequest.Afterwards.USE);
        new ProcessBuilder("bash", "-c", "for i in $(seq 30); do mkdir " + "d".repeat(200) + " && cd -P d*; done")
                .directory(Path.of(job.files()).toFile())
                .start()
                .waitFor();
        new LocalHeadNode(slurm).collect(CollectRequest.cleanUp(job, CollectRequest.Afterwards.REMOVE));
        assertTrue(nothingIsLeftOf(job));
    }

    @Test
    void aDamagedMarkCountsAsNoMark() throws Exception {
        JobDirectory job = job(CollectRequest.Afterwards.USE);
        new ProcessBuilder("mkfifo", job.ended()).start().waitFor();
        EndMark.SUCCEEDED.leave(job);
        assertEquals(0, sweep(2, 3 * DAY, 0).removed());
        assertEquals(1, sweep(4, 3 * DAY, 0).removed());
    }

    @Test
    void aLinkWhereRemovedDirectoriesBelongIsNotFollowed() throws Exception {
        JobDirectory job = failed();
        Path outside = Files.createDirectory(shared.resolve("outside"));
        Files.writeString(outside.resolve("file"), "x");
        Files.createSymbolicLink(Path.of(JobDirectory.removed(root)), outside);
        assertEquals(1, sweep(2, DAY, 0).problems().size());
        assertTrue(exists(job));
        assertEquals(List.of("file"), SmallFiles.list(outside));
    }

    @Test
    void theNextCallContinuesWhenTimeRanOut() throws Exception {
        for (int i = 0; i < 5; i++) {
            failed();
        }
        SweepAnswer answer = sweep(2, DAY, 0, Duration.ZERO);
        assertTrue(answer.more());
        JobDirectory cut = failed();
        TreeRemoval.setAside(cut);
        SweepAnswer rest = answer.then(sweep(2, DAY, 0));
        assertEquals(5, rest.removed());
        assertFalse(rest.more());
        assertTrue(nothingIsLeftOf(cut), "a directory that was put aside is removed by any later sweep");
    }

    @Test
    void aMissingDirectoryNeedsNoSweep() throws Exception {
        root = JobDirectory.root(shared.toString(), "c3");
        assertEquals(SweepAnswer.NOTHING, sweep(1, 0, 0));
    }

    /** What the tasks of an array have left goes with it, but not while one of them waits. */
    @Test
    void anArrayIsKeptWhileATaskIsInTheQueueAndThenRemovedWhole() throws Exception {
        JobDirectory array = new JobDirectory(root, JobToken.random());
        SmallFiles.createPrivateDirectory(Path.of(array.files()));
        for (int task = 0; task < 3; task++) {
            JobDirectory one = array.ofTask(task);
            SmallFiles.createPrivateDirectory(Path.of(one.path()));
            Files.writeString(Path.of(one.started() + 0), "x");
            Files.writeString(Path.of(one.outputLog()), "12345");
        }
        slurm.squeue = argv -> FakeCommands.ok(FakeCommands.row("12_[3-9%2]", "PENDING", array.comment()));
        assertEquals(0, sweep(100, DAY, DAY).removed());
        slurm.squeue = argv -> FakeCommands.ok("");
        SweepAnswer answer = sweep(100, DAY, DAY);
        assertEquals(1, answer.removed());
        assertEquals(18, answer.bytes());
        assertTrue(nothingIsLeftOf(array));
    }
}
