package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.headnode.JobNews;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.headnode.WatchedJobs;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.slurm.AccountingEntry;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmRows;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a monitor asks of its jobs, and what it tells the head node of them. */
class FollowedJobsTest {
    /** A job that is what a test says; counts how often it is looked at. */
    private static final class Job implements MonitoredJob {
        private final JobToken token = JobToken.random();
        private ObservedJob watch = new ObservedJob(token, 0, -1, -1);
        private boolean restless;
        private boolean urgent;
        private long pause = Long.MAX_VALUE;
        private int looks;

        @Override
        public ObservedJob watch() {
            return watch;
        }

        @Override
        public String preferredAgent() {
            return "";
        }

        @Override
        public boolean wantsQueue() {
            looks++;
            return urgent;
        }

        @Override
        public String wantsAccounting() {
            return "";
        }

        @Override
        public String elsewhere() {
            return "";
        }

        @Override
        public boolean isRestless() {
            return restless;
        }

        @Override
        public long pause() {
            return pause;
        }

        @Override
        public void observed(
                @CheckForNull JobNews news,
                @CheckForNull SlurmRows<QueueEntry> queue,
                @CheckForNull SlurmRows<AccountingEntry> accounting) {}

        @Override
        public void silent(String why) {}

        @Override
        public void answered() {}
    }

    private final FollowedJobs jobs = new FollowedJobs();
    private final WatchedJobs there = new WatchedJobs();

    private Job follow() {
        Job job = new Job();
        jobs.add(job);
        return job;
    }

    /** One call that is answered. */
    private WatchChanges call() {
        jobs.refresh();
        WatchChanges changes = jobs.changes("a");
        assertTrue(there.apply(changes));
        jobs.confirm(changes);
        return changes;
    }

    private void thereIs(Job... all) {
        Set<ObservedJob> expected = new HashSet<>();
        for (Job job : all) {
            expected.add(job.watch());
        }
        assertEquals(expected, new HashSet<>(there.all()));
    }

    @Test
    void theWholeListIsSentOnceAndThenItsChanges() {
        Job first = follow();
        Job second = follow();
        assertTrue(call().isWhole());
        thereIs(first, second);
        WatchChanges none = call();
        assertFalse(none.isWhole());
        assertEquals(List.of(), none.changed());
        first.watch = new ObservedJob(first.token, 10, 0, -1);
        jobs.told(List.of(first));
        assertEquals(List.of(first.watch), call().changed());
        jobs.remove(second);
        assertEquals(List.of(second.token.value()), call().gone());
        thereIs(first);
    }

    @Test
    void jobsToWhichNothingHappensAreNotLookedAt() {
        Job idle = follow();
        call();
        int looks = idle.looks;
        Job busy = follow();
        for (int i = 1; i < 10; i++) {
            busy.watch = new ObservedJob(busy.token, i, 0, -1);
            jobs.told(List.of(busy));
            assertEquals(List.of(busy.watch), call().changed());
        }
        assertEquals(looks, idle.looks);
        jobs.touchAll();
        call();
        assertEquals(looks + 1, idle.looks);
    }

    @Test
    void changesOfACallWithoutAnswerAreSentAgain() {
        Job first = follow();
        call();
        first.watch = new ObservedJob(first.token, 10, 0, -1);
        jobs.told(List.of(first));
        jobs.refresh();
        WatchChanges lost = jobs.changes("a");
        Job second = follow();
        jobs.refresh();
        WatchChanges next = jobs.changes("a");
        assertEquals(List.of(first.watch, second.watch), next.changed());
        assertTrue(there.apply(lost), "whether it has arrived");
        assertTrue(there.apply(next), "or not");
        thereIs(first, second);
        jobs.remove(first);
        jobs.refresh();
        jobs.changes("a");
        jobs.add(first);
        assertEquals(List.of(), call().gone(), "it is watched again");
        thereIs(first, second);
    }

    @Test
    void anotherHeadNodeGetsTheWholeList() {
        follow();
        call();
        assertTrue(jobs.changes("b").isWhole());
        jobs.confirm(jobs.changes("b"));
        assertFalse(jobs.changes("b").isWhole());
        jobs.unconfirm();
        assertTrue(jobs.changes("b").isWhole());
    }

    @Test
    void theNeedsOfAllJobsAreKnown() {
        Job job = follow();
        Job other = follow();
        call();
        assertTrue(jobs.isWaiting());
        assertFalse(jobs.isUrgent());
        assertEquals(Long.MAX_VALUE, jobs.pause());
        job.watch = new ObservedJob(job.token, 10, 0, -1);
        other.watch = new ObservedJob(other.token, 10, 0, -1);
        other.urgent = true;
        other.restless = true;
        other.pause = 30;
        jobs.told(List.of(job, other));
        call();
        assertFalse(jobs.isWaiting());
        assertTrue(jobs.isUrgent());
        assertEquals(30, jobs.pause());
        assertEquals(List.of(other), jobs.toBeTold(Set.of()));
        assertEquals(Set.of(job, other), new HashSet<>(jobs.toBeTold(Set.of(job.token.value(), "gone"))));
        jobs.remove(other);
        call();
        assertFalse(jobs.isUrgent());
        assertEquals(List.of(), jobs.toBeTold(Set.of()));
        assertEquals(Long.MAX_VALUE, jobs.pause());
    }

    private void refused(JobNews news) {
        assertThrows(IOException.class, () -> jobs.checked(List.of(news)));
    }

    /** A head node that answers what it was not asked must not reach another job's console. */
    @Test
    void newsAboutOtherJobsIsRefused() throws Exception {
        Job job = follow();
        job.watch = new ObservedJob(job.token, 10, 0, -1);
        Job silent = follow();
        silent.watch = new ObservedJob(silent.token, ObservedJob.NO_OUTPUT, 0, -1);
        call();
        byte[] output = {1};
        JobNews fits = new JobNews(job.token, output, 10, null, null);
        assertEquals(Set.of(job.token.value()), jobs.checked(List.of(fits)).keySet());
        jobs.checked(List.of(new JobNews(job.token, output, 0, null, null)));
        jobs.checked(List.of(new JobNews(silent.token, new byte[0], 99, null, null)));
        refused(new JobNews(job.token, output, 11, null, null));
        refused(new JobNews(job.token, 7, output, 0, null, null));
        refused(new JobNews(JobToken.random(), output, 0, null, null));
        refused(new JobNews(silent.token, output, 0, null, null));
    }
}
