package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Saves the record of one job. What cannot be saved is told to the administrator: the job goes on. */
final class RecordSaving {
    private static final Logger LOGGER = Logger.getLogger(RecordSaving.class.getName());

    private final JobRecord record;
    private final JobClient client;
    private final JobThreads threads;

    RecordSaving(JobRecord record, JobClient client, JobThreads threads) {
        this.record = record;
        this.client = client;
        this.threads = threads;
    }

    /** Saves it; returns when that is done or has failed. */
    void now() {
        try {
            client.save();
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot save the record of job " + record.jobId());
        }
    }

    /** Saves it by another thread. What comes with the end is saved with the end. */
    void soon() {
        threads.execute(Work.RECORD, () -> {
            if (record.phase() != JobRecord.Phase.ENDED) {
                now();
            }
        });
    }
}
