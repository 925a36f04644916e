package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobDirectoryTest {
    private static final JobToken TOKEN = new JobToken("0123456789abcdef0123456789abcdef");

    @ParameterizedTest
    @CsvSource({
        "/a,/a",
        "/a/,/a",
        "/a//b,/a/b",
        "/a/./b,/a/b",
        "/a//./b,/a/b",
        "/a/././/./b/.,/a/b",
        "/,/",
        "/.,/",
        "//,/",
        "/a./b,/a./b",
        "/a/.b,/a/.b",
        "/a/...,/a/...",
        "'/we ird''\"$x%j ü','/we ird''\"$x%j ü'"
    })
    void aPathHasOneForm(String written, String normal) {
        assertEquals(normal, JobDirectory.absolute("sharedDirectory", written));
        assertEquals(normal, JobDirectory.absolute("sharedDirectory", normal));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "./a",
                "~/a",
                "C:\\a",
                "/a/..",
                "/../a",
                "/a/../b",
                "/a\nb",
                "/a\tb",
                "/a\0b",
                "/a\u007f"
            })
    void otherPathsAreRefusedNamingTheField(String written) {
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> JobDirectory.absolute("sharedDirectory", written));
        assertEquals("sharedDirectory", e.field());
        assertEquals(1, e.getMessage().lines().count());
    }

    @Test
    void everythingLiesBelowTheControllersDirectory() {
        JobDirectory directory = new JobDirectory(JobDirectory.root("/s/", "c1"), TOKEN);
        assertEquals("/s/c1/" + TOKEN, directory.path());
        for (String path : new String[] {
            directory.batchScript(),
            directory.files(),
            directory.outputLog(),
            directory.jobId(),
            directory.started(),
            directory.exit(),
            directory.owner()
        }) {
            assertTrue(path.startsWith(directory.path() + "/"), path);
        }
        assertEquals("/s/c1/announced", JobDirectory.announcements(directory.root()));
        assertEquals("/c1", JobDirectory.root("/", "c1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", ".", "a/b", "a b", "-a", "ü", "a\n"})
    void aControllerIdIsOneName(String id) {
        assertThrows(IllegalArgumentException.class, () -> JobDirectory.root("/s", id));
    }

    @Test
    void aLongPathNeedsNoLongStack() {
        assertEquals("/a/b", JobDirectory.absolute("sharedDirectory", "/a" + "/.".repeat(20_000) + "/b"));
    }
}
