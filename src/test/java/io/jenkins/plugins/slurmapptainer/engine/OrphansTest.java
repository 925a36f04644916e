package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OrphansTest {
    private static final String ROOT = "/shared/jenkins-1";
    private final JobToken token = JobToken.random();
    private final QueueEntry row = row(JobState.RUNNING, new JobDirectory(ROOT, token).comment());
    private final Orphans orphans = new Orphans(ROOT);

    private static QueueEntry row(JobState state, String comment) {
        return new QueueEntry("12", state, state.name(), "n1", "", "", "None", comment);
    }

    @Test
    void aJobThatNobodyKnowsIsAnOrphanWhenItIsSeenTwice() {
        assertEquals(Map.of(), orphans.among(List.of(row), any -> false));
        assertEquals(Map.of(row, token), orphans.among(List.of(row), any -> false));
    }

    @Test
    void aJobThatIsKnownInBetweenIsNoOrphan() {
        orphans.among(List.of(row), any -> false);
        assertEquals(Map.of(), orphans.among(List.of(row), token::equals));
        assertEquals(Map.of(), orphans.among(List.of(row), any -> false));
    }

    @Test
    void othersJobsAndEndedOnesAreLeftAlone() {
        List<QueueEntry> rows = List.of(
                row(JobState.RUNNING, ""),
                row(JobState.RUNNING, "jenkins:jenkins-2:" + token),
                row(JobState.RUNNING, "jenkins:jenkins-1:" + token + "x"),
                row(JobState.RUNNING, "my jenkins:jenkins-1:" + token),
                row(JobState.COMPLETED, row.comment()));
        orphans.among(rows, any -> false);
        assertEquals(Map.of(), orphans.among(rows, any -> false));
    }

    /** The row of those that wait has another id whenever one of them starts. */
    @Test
    void anArrayIsOneOrphanWhateverItsRows() {
        String comment = row.comment();
        QueueEntry waits = FakeHeadNode.row("12_[4-9%2]", JobState.PENDING, "JobArrayTaskLimit", comment);
        assertEquals(Map.of(), orphans.among(List.of(waits, task("12_2"), task("12_3")), any -> false));
        QueueEntry later = FakeHeadNode.row("12_[6-9%2]", JobState.PENDING, "JobArrayTaskLimit", comment);
        Map<QueueEntry, JobToken> found = orphans.among(List.of(later, task("12_4"), task("12_5")), any -> false);
        assertEquals(List.of("12"), found.keySet().stream().map(QueueEntry::id).toList());
        assertEquals(List.of(token), List.copyOf(found.values()));
    }

    private QueueEntry task(String id) {
        return FakeHeadNode.row(id, JobState.RUNNING, "None", row.comment());
    }
}
