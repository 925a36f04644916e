package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.util.Locale;

/** The lines about a job that is no array. */
final class SingleJobMessages implements JobMessages {
    private final JobRecord record;
    private final JobConsole console;
    private String shownState = "";

    SingleJobMessages(JobRecord record, JobConsole console) {
        this.record = record;
        this.console = console;
    }

    @Override
    public void started(StartRecord start) {
        console.say(
                start.attempt() == 0
                        ? "Job " + record.jobId() + " is running on " + start.node()
                        : "Job " + record.jobId() + " was started again (restart " + start.attempt() + ") on "
                                + start.node());
        shownState = "RUNNING";
    }

    /** Says that the job waits and why, and anything unusual. */
    @Override
    public void listed(QueueEntry row, boolean ordinary) {
        String reason = row.hasReason() ? " (" + row.reason() + ")" : "";
        String shown = row.state().name() + reason;
        if (!ordinary && !shown.equals(shownState)) {
            shownState = shown;
            boolean expected = row.state().isWaiting() && !row.start().isEmpty();
            console.say("Job " + record.jobId() + " is " + row.printedState().toLowerCase(Locale.ROOT) + reason
                    + (expected ? ", expected to start at " + row.start().replace('T', ' ') : ""));
        }
    }

    @Override
    public void silent(String why) {
        console.say("No answer about job " + record.jobId() + "; the job goes on, and the plugin keeps asking: " + why);
    }

    @Override
    public void answered() {
        console.say("Job " + record.jobId() + " can be asked about again");
    }

    @Override
    public void note(String line) {
        console.say(line);
    }
}
