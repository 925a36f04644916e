package io.jenkins.plugins.slurmapptainer.engine;

import java.io.IOException;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Saves the record of one job. A failure is logged for the administrator, and the job continues. */
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

    /** Saves the record. Returns when that is done or has failed. */
    void now() {
        try {
            client.save();
        } catch (IOException | RuntimeException | Error e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot save the record of job " + record.jobId());
        }
    }

    /** Saves the record on another thread. When the job ends, it is saved with the end. */
    void soon() {
        threads.execute(Work.RECORD, () -> {
            if (record.phase() != JobRecord.Phase.ENDED) {
                now();
            }
        });
    }
}
