package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is seen of tasks on the file system. */
class MarksTest {
    @TempDir
    Path folder;

    private JobDirectory array;

    @BeforeEach
    void prepare() throws IOException {
        array = new JobDirectory(folder + "/c1", JobToken.random());
        Files.createDirectories(Path.of(JobDirectory.done(array.root())));
    }

    private ObservedJob watch(int task, int started) {
        return new ObservedJob(array.token(), task, 0, started, -1);
    }

    private Marks marks() throws IOException {
        return new Marks(array.root());
    }

    private JobNews look(ObservedJob watch) throws Exception {
        return new JobFiles(array.root()).look(watch, marks(), true);
    }

    private Path write(String path, String text) throws IOException {
        Path file = Path.of(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private String start(String job) {
        return "v1 token=" + array.token() + " job=" + job + " attempt=0 time=5 node=n1\n";
    }

    private String exit(String job) {
        return "v1 token=" + array.token() + " job=" + job
                + " attempt=0 time=9 exit=3 stage=program signals= oom=0 output=4 peak=0\n";
    }

    @Test
    void anArrayWithoutADirectoryHasNoNews() throws Exception {
        assertFalse(marks().mayHaveBegun(watch(7, -1)));
        assertFalse(marks().hasEnded(watch(7, -1)));
        assertTrue(look(watch(7, -1)).isEmpty());
        assertTrue(look(watch(7, 0)).isEmpty());
    }

    @Test
    void aTaskHasBegunWithItsOutputOrItsDirectory() throws Exception {
        write(array.ofTask(7).outputLog(), "");
        Files.createDirectories(Path.of(array.ofTask(8).path()));
        Files.createDirectories(Path.of(array.ofTask(70).path()));
        assertTrue(marks().mayHaveBegun(watch(7, -1)));
        assertTrue(marks().mayHaveBegun(watch(8, -1)));
        assertFalse(marks().mayHaveBegun(watch(0, -1)));
        assertTrue(marks().mayHaveBegun(watch(0, 0)), "it is known to have");
    }

    @Test
    void theEndOfATaskIsNotThatOfAnotherOrOfTheArray() throws Exception {
        write(array.ofTask(7).doneMark(), "");
        Marks marks = marks();
        assertTrue(marks.hasEnded(watch(7, 0)));
        assertFalse(marks.hasEnded(watch(70, 0)));
        assertFalse(marks.hasEnded(watch(JobDirectory.NO_TASK, 0)));
        write(array.doneMark(), "");
        assertTrue(marks().hasEnded(watch(JobDirectory.NO_TASK, 0)));
        assertFalse(marks().hasEnded(watch(8, 0)));
    }

    @Test
    void theNewsOfATaskAreThoseOfItsOwnFiles() throws Exception {
        JobDirectory task = array.ofTask(7);
        write(task.outputLog(), "out\n");
        write(task.started() + 0, start("123_7"));
        write(task.exit() + 0, exit("123_7"));
        write(task.doneMark(), "");
        JobNews news = look(watch(7, -1));
        assertEquals(7, news.task());
        assertEquals("out\n", new String(news.output()));
        assertEquals("123_7", news.started().jobId());
        assertEquals(3, news.exit().exitCode());
        JobNews silent = look(new ObservedJob(array.token(), 7, ObservedJob.NO_OUTPUT, -1, -1));
        assertEquals(0, silent.output().length);
        assertNotNull(silent.exit());
        assertTrue(look(watch(8, -1)).isEmpty());
    }

    /** A program may write into its job's directory; the id would be taken over, and cancelled with the build. */
    @Test
    void aRecordWithTheIdOfAnotherJobIsNone() throws Exception {
        JobDirectory task = array.ofTask(7);
        write(task.outputLog(), "out\n");
        write(task.started() + 0, start("123_8"));
        write(task.exit() + 0, exit("99"));
        write(task.doneMark(), "");
        JobNews news = look(watch(7, -1));
        assertNull(news.started());
        assertNull(news.exit());
    }
}
