package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import org.junit.jupiter.api.Test;

/** A task that its array no longer has. */
class QueueMemoryTest {
    private final ArrayFixture fixture = ArrayFixture.of(4);
    private final QueueMemory memory = new QueueMemory(fixture.task(4));
    private final QueueEntry row = FakeHeadNode.row("123_[4-9]", JobState.PENDING, "Priority");
    private long now = 1_000;

    private Evidence.Queue says(QueueEntry listed, boolean siblings) {
        memory.queue(listed, siblings, "-1 -1", now += 10_000);
        return memory.said();
    }

    @Test
    void aTaskIsLeftOutWhileOthersAreListed() {
        assertEquals(Evidence.Queue.SILENT, memory.said());
        assertEquals(Evidence.Queue.LISTED, says(row, true));
        assertEquals(Evidence.Queue.LEFT_OUT, says(null, true));
        assertTrue(memory.saidNothing());
    }

    @Test
    void aTaskStaysLeftOutWhenTheOthersHaveGone() {
        says(null, true);
        assertEquals(Evidence.Queue.LEFT_OUT, says(null, false));
        assertEquals(Evidence.Queue.LEFT_OUT, says(null, false));
    }

    @Test
    void aTaskThatIsListedAgainIsNotLeftOut() {
        says(null, true);
        assertEquals(Evidence.Queue.LISTED, says(row, true));
        assertFalse(memory.saidNothing());
        assertEquals(Evidence.Queue.ABSENT, says(null, false), "the whole array is gone now");
    }

    @Test
    void aTaskIsOnlyAbsentIfNoTaskIsListed() {
        assertEquals(Evidence.Queue.ABSENT, says(null, false));
        assertEquals(Evidence.Queue.LEFT_OUT, says(null, true));
        memory.forget();
        assertEquals(Evidence.Queue.SILENT, memory.said());
        assertEquals(Evidence.Queue.ABSENT, says(null, false));
    }

    @Test
    void theTimeStartsWhenTheTaskIsFirstMissing() {
        says(row, true);
        says(null, true);
        says(null, false);
        says(null, false);
        assertEquals(20_000, memory.age(now));
    }
}
