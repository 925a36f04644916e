package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Logs what happens to one job, at {@code FINE}. Each event is one line with the job's id, its token and its build, so
 * that any of these finds all lines of the job.
 */
final class JobLog {
    private static final Logger LOGGER = Logger.getLogger(JobLog.class.getName());

    private static final int MAX = 4_000;

    private final JobRecord record;
    private final JobClient client;

    JobLog(JobRecord record, JobClient client) {
        this.record = record;
        this.client = client;
    }

    /** @param what a sentence without a full stop; made only if the line is logged */
    void fine(Supplier<String> what) {
        LOGGER.log(Level.FINE, () -> {
            String id = record.jobId().isEmpty() ? "without an id" : record.jobId();
            return "job " + id + ", token " + record.token() + ", build " + client.build() + ": "
                    + Printable.of(what.get(), MAX);
        });
    }
}
