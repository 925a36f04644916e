package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.jenkins.plugins.slurmapptainer.engine.EndedJobs;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a job has used of what it asked for. */
class JobUseTest {
    private static final long GIB = 1L << 30;

    @ParameterizedTest
    @CsvSource({
        "4G, 00:01:40, 2, 50%, 40%",
        "1G, 00:00:20, 3, 300%, 200%",
        "0, UNLIMITED, 1, '', ''",
        "'', '', 1, '', ''",
    })
    void sharesOfMemoryAndTime(String memory, String time, long used, String ofMemory, String ofTime) {
        // It ran for 40 s.
        JobRecord job = EndedJobs.thatAskedFor(memory, time, used * GIB);
        JobUse use = new JobUse(job, 0);
        assertEquals(ofMemory, use.getMemory());
        assertEquals(ofTime, use.getTime());
    }

    @Test
    void whatIsNotKnownHasNoShare() {
        assertEquals("", new JobUse(EndedJobs.thatAskedFor("4G", "10", 0), 0).getMemory());
        assertEquals("", new JobUse(EndedJobs.waiting13("Resources"), 0).getTime());
        assertEquals("", new JobUse(EndedJobs.requeued(), 300_000).getTime());
    }

    /** The limit is that of each task. */
    @Test
    void anArrayHasNoLimitOfItsOwn() {
        JobRecord array = EndedJobs.runningArray("00:01:00");
        assertEquals("00:01:00", array.description().askedTime());
        assertEquals("", new JobUse(array, System.currentTimeMillis()).getTime());
        assertNull(new JobUse(array, 0).limit());
    }
}
