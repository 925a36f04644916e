package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.JobId;
import java.util.List;
import org.junit.jupiter.api.Test;

class SlurmCommandsTest {
    private static final JobId HERE = new JobId("12_3", "");
    private static final JobId ELSEWHERE = new JobId("12", "cluster2");

    @Test
    void sbatchIsAskedForAnAnswerThatCanBeRead() {
        assertEquals(List.of("sbatch", "--parsable", "/a b/batch.sh"), SlurmCommands.sbatch("/a b/batch.sh"));
    }

    @Test
    void squeueListsOwnJobsEndedOnesIncludedWithFreeTextLast() {
        List<String> argv = SlurmCommands.squeue(QueueScope.OWN);
        assertTrue(argv.containsAll(List.of("--me", "--states=all", "--noheader")), argv.toString());
        String format = argv.get(argv.size() - 1);
        assertEquals("%i\u001f%T\u001f%N\u001f%S\u001f%M\u001f%r\u001f%k", format);
    }

    @Test
    void jobsAreCancelledWhereTheyAre() {
        assertEquals(List.of("scancel", "12_3"), SlurmCommands.scancel(HERE));
        assertEquals(List.of("scancel", "--clusters=cluster2", "12"), SlurmCommands.scancel(ELSEWHERE));
        assertEquals(
                List.of("scancel", "--clusters=cluster2", "--signal=KILL", "--full", "12"),
                SlurmCommands.scancelHard(ELSEWHERE));
    }

    @Test
    void theAccountingIsAskedForManyJobsAtOnce() {
        List<String> argv = SlurmCommands.sacct(QueueScope.OWN, List.of("1", "2_3"));
        assertTrue(argv.containsAll(List.of("--allocations", "--parsable2", "--noheader")), argv.toString());
        assertEquals("1,2_3", argv.get(argv.indexOf("--jobs") + 1));
    }
}
