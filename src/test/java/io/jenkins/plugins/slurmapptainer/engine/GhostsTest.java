package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.JobState;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GhostsTest {
    private static final long PATIENCE = 60_000;
    private final FakeHeadNode node = new FakeHeadNode();
    private final List<String> log = new ArrayList<>();
    private final Ghosts ghosts = new Ghosts(Duration.ofMillis(PATIENCE), log::add);
    private final JobRecord job = EngineFixture.submitted("12");
    private long now = 5_000;

    GhostsTest() {
        job.ended(Outcome.success(), 1_000);
    }

    private Ghosts.Look look(QueueEntry... rows) throws Exception {
        return ghosts.look(node, List.of(job), List.of(rows), now);
    }

    private QueueEntry row(JobState state) {
        return FakeHeadNode.row("12", state, "None", job.directory().comment());
    }

    private long cancelled() {
        return node.count("cancel");
    }

    @ParameterizedTest
    @EnumSource(
            value = JobState.class,
            names = {"RUNNING", "PENDING", "SUSPENDED", "REQUEUE_HOLD", "UNKNOWN"})
    void jobsThatSlurmKeepsTooLongAreCancelledAndLoggedOnce(JobState state) throws Exception {
        assertEquals(new Ghosts.Look(List.of(), true), look(row(state)));
        now += PATIENCE - 1;
        look(row(state));
        assertEquals(0, cancelled());
        now += 1;
        assertEquals(new Ghosts.Look(List.of(), true), look(row(state)));
        assertEquals(1, cancelled());
        look(row(state));
        assertEquals(2, cancelled(), "as long as it is there");
        assertEquals(1, log.size(), log::toString);
        assertTrue(log.get(0).startsWith("Job 12 on cluster real has ended, but Slurm still calls it " + state));
        assertEquals(new Ghosts.Look(List.of(job), false), look(row(JobState.CANCELLED)));
    }

    @Test
    void jobsThatSlurmHasEndedOrForgottenAreGone() throws Exception {
        assertEquals(List.of(job), look().gone());
        assertEquals(List.of(job), look(row(JobState.COMPLETED)).gone());
        QueueEntry others = FakeHeadNode.row("12", JobState.RUNNING, "None", "jenkins:c1:" + "f".repeat(32));
        assertEquals(List.of(job), look(others).gone(), "another job has got its id");
    }

    @Test
    void aCompletingJobIsNeitherGoneNorAGhost() throws Exception {
        look(row(JobState.COMPLETING));
        now += 2 * PATIENCE;
        assertEquals(new Ghosts.Look(List.of(), false), look(row(JobState.COMPLETING)));
        assertEquals(0, cancelled());
    }

    @Test
    void theTimeStartsAgainAfterSlurmSaidOtherwise() throws Exception {
        look(row(JobState.RUNNING));
        now += PATIENCE;
        look(row(JobState.COMPLETING));
        look(row(JobState.RUNNING));
        assertEquals(0, cancelled());
    }

    @Test
    void aCommentThatSomebodyChangedDoesNotHideAGhost() throws Exception {
        QueueEntry changed = FakeHeadNode.row("12", JobState.RUNNING, "None", "reviewed by the operators");
        look(changed);
        now += PATIENCE;
        look(changed);
        assertEquals(1, cancelled());
    }

    @Test
    void anArrayIsNotGoneWhileOneTaskRuns() throws Exception {
        QueueEntry task = FakeHeadNode.row(
                "12_4", JobState.RUNNING, "None", job.directory().comment());
        assertFalse(look(row(JobState.COMPLETED), task).gone().contains(job));
    }

    @Test
    void allTasksOfAnEndedArrayAreCancelledTogether() throws Exception {
        String comment = job.directory().comment();
        QueueEntry[] rows = {
            FakeHeadNode.row("12_4", JobState.RUNNING, "None", comment),
            FakeHeadNode.row("12_[5-9]", JobState.PENDING, "None", comment)
        };
        look(rows);
        now += PATIENCE;
        look(rows);
        assertEquals(List.of("cancel 12"), node.calls);
    }

    @Test
    void aChangedCommentDoesNotHideAnArrayEither() throws Exception {
        QueueEntry changed = FakeHeadNode.row("12_4", JobState.RUNNING, "None", "reviewed by the operators");
        look(changed);
        now += PATIENCE;
        look(changed);
        assertEquals(1, cancelled());
    }
}
