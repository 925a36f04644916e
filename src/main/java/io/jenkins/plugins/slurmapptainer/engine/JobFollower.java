package io.jenkins.plugins.slurmapptainer.engine;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Collects the evidence about one submitted job, shows its output and changes of state, and tells its outcome once. */
final class JobFollower implements Followed {
    private static final Logger LOGGER = Logger.getLogger(JobFollower.class.getName());

    private final JobRecord record;
    private final JobHost host;
    private final Consumer<Outcome> end;
    private final JobToken token;
    private ExitRecord exit;
    private long exitSeen;
    private long outputSeen;
    private Evidence.Queue queue = Evidence.Queue.SILENT;
    private QueueEntry entry;
    private long queueSince;
    private boolean wantsQueue;
    private boolean over;
    private String trouble = "";
    private String shownState = "";

    JobFollower(JobRecord record, JobHost host, Consumer<Outcome> end) {
        this.record = record;
        this.host = host;
        this.end = end;
        this.token = new JobToken(record.token());
    }

    @Override
    public Watch watch() {
        return new Watch(token, record.offset(), record.startedAttempt(), exit == null ? -1 : exit.attempt());
    }

    @Override
    public String preferredAgent() {
        return record.headNode();
    }

    @Override
    public boolean wantsQueue() {
        return wantsQueue || record.isCancelling();
    }

    @Override
    public boolean isWaiting() {
        return record.startedAttempt() < 0;
    }

    @Override
    public void observed(@CheckForNull JobNews news, @CheckForNull List<QueueEntry> rows) {
        if (over) {
            return;
        }
        if (news != null) {
            started(news.started());
            output(news);
            ended(news.exit());
        }
        if (rows != null) {
            listed(rows);
        }
        decide();
    }

    private void started(@CheckForNull StartRecord start) {
        if (start == null || start.attempt() <= record.startedAttempt()) {
            return;
        }
        adopt(start.jobId());
        record.attemptStarted(start.attempt(), start.node(), TimeUnit.SECONDS.toMillis(start.time()));
        if (exit != null && exit.attempt() < start.attempt()) {
            exit = null;
        }
        queue = Evidence.Queue.SILENT;
        entry = null;
        say(start.attempt() == 0
                ? "Job " + record.jobId() + " is running on " + start.node()
                : "Job " + record.jobId() + " was started again (restart " + start.attempt() + ") on " + start.node());
        shownState = "RUNNING";
        host.touch();
    }

    private void adopt(String jobId) {
        String own = record.jobId().split(";")[0];
        if (!own.equals(jobId)) {
            say("Job " + jobId + " runs the script that was submitted as job " + own + "; following it");
            record.adopt(jobId);
        }
    }

    private void output(JobNews news) {
        if (news.output().length == 0) {
            return;
        }
        if (news.from() < record.offset()) {
            say("The job's output begins anew");
        }
        try {
            host.output(news.output(), news.output().length);
        } catch (IOException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot show output of job " + record.jobId());
        }
        outputSeen = now();
        record.received(news.from() + news.output().length);
        host.touch();
    }

    private void ended(@CheckForNull ExitRecord news) {
        if (news != null && news.attempt() >= record.startedAttempt()) {
            exit = news;
            exitSeen = now();
            record.attemptEnded(TimeUnit.SECONDS.toMillis(news.time()));
            // What the queue said before this end is no answer to the question how it came about.
            queue = Evidence.Queue.SILENT;
            entry = null;
        }
    }

    private void listed(List<QueueEntry> rows) {
        String id = record.jobId().split(";")[0];
        QueueEntry row =
                rows.stream().filter(candidate -> candidate.id().equals(id)).findFirst().orElse(null);
        Evidence.Queue now = row == null ? Evidence.Queue.ABSENT : Evidence.Queue.LISTED;
        boolean same = now == queue && (row == null || entry != null && row.state() == entry.state());
        queueSince = same ? queueSince : now();
        queue = now;
        entry = row;
        if (row != null) {
            record.queueSays(row.printedState(), row.reason(), row.nodes());
            show(row);
        }
    }

    /** Waiting and its reason, and what is out of the ordinary; the start and the end are told by the job's records. */
    private void show(QueueEntry row) {
        String reason = row.reason().isEmpty() || "None".equals(row.reason()) ? "" : " (" + row.reason() + ")";
        boolean ordinary = row.state().isEnded() || exit != null || row.state().words().matches("running|completing");
        String shown = row.state().name() + reason;
        if (!ordinary && !shown.equals(shownState)) {
            shownState = shown;
            say("Job " + record.jobId() + " is " + row.printedState().toLowerCase(java.util.Locale.ROOT) + reason);
        }
    }

    private void decide() {
        boolean complete = exit == null || record.offset() >= exit.outputBytes();
        long outputAge = now() - Math.max(exitSeen, outputSeen);
        Verdict verdict = Verdict.of(new Evidence(
                exit, now() - exitSeen, complete, outputAge, queue, entry, now() - queueSince, record.isCancelling()));
        wantsQueue = verdict.askQueue();
        if (verdict.outcome() != null) {
            over = true;
            end.accept(verdict.outcome());
        }
    }

    @Override
    public void silent(String why) {
        if (trouble.isEmpty()) {
            say("No answer about job " + record.jobId() + ", which goes on; will keep asking: " + why);
        }
        trouble = why;
    }

    @Override
    public void answered() {
        if (!trouble.isEmpty()) {
            trouble = "";
            say("There are answers about job " + record.jobId() + " again");
        }
    }

    private void say(String line) {
        if (!over) {
            host.say(line);
        }
    }

    private static long now() {
        return System.nanoTime() / 1_000_000;
    }
}
