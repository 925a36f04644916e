package io.jenkins.plugins.slurmapptainer.scan;

import hudson.Extension;
import hudson.model.PeriodicWork;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jenkinsci.Symbol;

/**
 * Starts the scans that are due. It checks once a minute, so that a changed interval counts at once. The scans run on
 * other threads.
 */
@Extension
@Symbol("apptainerImageScan")
public final class ScanSchedule extends PeriodicWork {
    private static final Logger LOGGER = Logger.getLogger(ScanSchedule.class.getName());

    @Override
    public long getRecurrencePeriod() {
        return MIN;
    }

    @Override
    protected void doRun() {
        long period = TimeUnit.MINUTES.toMillis(ImageCatalog.get().getScanMinutes());
        if (period == 0) {
            return;
        }
        ImageScans scans = ImageScans.get();
        for (String cluster : scans.clusters()) {
            boolean due = scans.last(cluster)
                    .map(last -> System.currentTimeMillis() - last.started() >= period)
                    .orElse(true);
            if (due) {
                try {
                    scans.start(cluster, "schedule");
                } catch (InvalidRequestException e) {
                    LOGGER.log(Level.WARNING, "no scan of cluster {0}: {1}", new Object[] {cluster, e.getMessage()});
                }
            }
        }
    }
}
