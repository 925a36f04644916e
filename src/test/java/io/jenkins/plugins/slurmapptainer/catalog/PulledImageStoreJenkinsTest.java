package io.jenkins.plugins.slurmapptainer.catalog;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.jenkinstest.SharedJenkins;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;

/** Which file in the place of a pulled image is taken for it. A new store reads what an earlier one has saved, as after a restart. */
@SharedJenkins
class PulledImageStoreJenkinsTest {
    private static final String PATH = "/shared/jenkins/images/a.sif";
    private static final PulledImageStore.Reader NOBODY = path -> {
        throw new AssertionError("the content is not read");
    };

    private Path saved;

    @BeforeEach
    void prepare(JenkinsRule j) throws Exception {
        saved = j.jenkins.getRootDir().toPath().resolve("slurm-apptainer-pulled-images.xml");
        Files.deleteIfExists(saved);
    }

    /** @param content one letter for all of it, empty where nobody has read it */
    private static CheckedFile file(long changed, String content) {
        return new CheckedFile(new FileStamp(7, 1), changed, content.repeat(64), "");
    }

    private static String known(String cluster, CheckedFile now, PulledImageStore.Reader reader) throws Exception {
        return new PulledImageStore()
                .known(cluster, PATH, now, false, reader)
                .sha256()
                .substring(0, 1);
    }

    private static void waited(CheckedFile now, String content) throws Exception {
        new PulledImageStore().known("main", PATH, now, true, path -> file(now.changed(), content));
    }

    private static void assertRefused(String cluster, CheckedFile now, String content) {
        InvalidRequestException refusal = assertThrows(
                InvalidRequestException.class, () -> known(cluster, now, path -> file(now.changed(), content)));
        assertThat(refusal.getMessage(), containsString("is not the file that was pulled: its SHA-256 is " + content));
    }

    @Test
    void pulledImagesAreKnownAfterARestart() throws Exception {
        assertEquals("a", known("main", file(1, "a"), NOBODY));
        assertEquals("a", known("main", file(1, ""), NOBODY));
        assertRefused("main", file(2, ""), "b");
        assertRefused("main", file(2, ""), "b");
        assertEquals("a", known("main", file(3, ""), path -> file(3, "a")), "a copy of the same bytes");
        assertEquals("a", known("main", file(3, ""), NOBODY));
    }

    @Test
    void anImageThatIsPulledAgainMayBeAnotherFile() throws Exception {
        known("main", file(1, "a"), NOBODY);
        assertEquals("b", known("main", file(2, "b"), NOBODY), "the head node has pulled it");
        waited(file(3, ""), "c");
        assertEquals("c", known("main", file(3, ""), NOBODY), "the process that has pulled it has ended");
        assertRefused("main", file(4, ""), "d");
    }

    @Test
    void ifNothingIsKnownTheFirstFileCounts() throws Exception {
        assertEquals("a", known("main", file(1, ""), path -> file(1, "a")));
        assertRefused("main", file(2, ""), "b");
    }

    @Test
    void clustersWithOneSharedDirectoryKnowEachOthersPulls() throws Exception {
        known("main", file(1, "a"), NOBODY);
        known("other", file(1, ""), path -> file(1, "a"));
        known("other", file(2, "b"), NOBODY);
        assertEquals("b", known("main", file(2, ""), path -> file(2, "b")));
        assertRefused("main", file(3, ""), "c");
        // What somebody has only seen there is no proof.
        new PulledImageStore().known("third", PATH, file(3, ""), false, path -> file(3, "c"));
        assertRefused("main", file(3, ""), "c");
    }

    @Test
    void anUnreadableStoreStartsEmpty() throws Exception {
        known("main", file(1, "a"), NOBODY);
        Files.writeString(saved, "<nothing that");
        assertEquals("b", known("main", file(2, ""), path -> file(2, "b")));
        assertEquals("b", known("main", file(2, ""), NOBODY));
    }
}
