package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.job.DurationText;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Carries out what the trackers of one submitted job ask for. */
final class JobSteering implements JobOwner {
    private final JobRecord record;
    private final JobClient client;
    private final JobThreads threads;
    private final Supplier<EngineSettings> settings;
    private final RecordSaving saving;
    private final Cancellation cancellation;
    private final Consumer<Outcome> end;
    private final Runnable cancel;
    private final OutageTimer outage;

    /**
     * @param end brings the job to its end
     * @param cancel cancels the job for its build
     */
    JobSteering(
            JobRecord record,
            JobClient client,
            JobThreads threads,
            Supplier<EngineSettings> settings,
            RecordSaving saving,
            Cancellation cancellation,
            Consumer<Outcome> end,
            Runnable cancel) {
        this.record = record;
        this.client = client;
        this.threads = threads;
        this.settings = settings;
        this.saving = saving;
        this.cancellation = cancellation;
        this.end = end;
        this.cancel = cancel;
        this.outage = new OutageTimer(record::silent, saving::soon);
    }

    /** The job need not be cancelled any more. */
    @Override
    public void started(StartRecord start) {
        record.clearCancelReason();
        client.started();
    }

    @Override
    public void end(Outcome outcome) {
        end.accept(outcome);
    }

    /** Cancels a job that would wait for ever, and remembers why. */
    @Override
    public void cancelFor(Outcome reason) {
        record.cancelFor(reason);
        threads.execute(Work.CANCEL, () -> {
            saving.now();
            cancellation.send();
        });
    }

    @Override
    public void changed() {
        saving.soon();
    }

    @Override
    public void silentFor(long millis, String why) {
        long limit = settings.get().silenceLimit().toMillis();
        long all = limit > 0 ? outage.millis(limit) : -1;
        if (all >= limit && !record.isCancelling()) {
            try {
                client.givenUp("nobody has answered about job " + record.jobId() + " for " + DurationText.of(all)
                        + ", the limit of this Jenkins; it is cancelled as soon as that is possible: " + why);
            } finally {
                cancel.run();
            }
        }
    }

    @Override
    public void answered() {
        outage.over();
        if (record.answered()) {
            saving.soon();
        }
    }
}
