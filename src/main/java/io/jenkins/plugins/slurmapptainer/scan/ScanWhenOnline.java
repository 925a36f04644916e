package io.jenkins.plugins.slurmapptainer.scan;

import hudson.Extension;
import hudson.model.Computer;
import hudson.model.TaskListener;
import hudson.slaves.ComputerListener;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.concurrent.TimeUnit;

/**
 * Starts a scan when a head node comes online, unless one ran a short while ago: connections may break and return
 * often.
 */
@Extension
public final class ScanWhenOnline extends ComputerListener {
    private static final long PAUSE = TimeUnit.MINUTES.toMillis(5);

    @Override
    public void onOnline(Computer computer, TaskListener listener) {
        if (ImageCatalog.get().getDirectories().isEmpty()) {
            return;
        }
        ImageScans scans = ImageScans.get();
        for (String cluster : scans.clusters()) {
            try {
                boolean recent = scans.last(cluster)
                        .filter(last -> last.state() != ImageScan.State.FAILED)
                        .map(last -> System.currentTimeMillis() - last.started() < PAUSE)
                        .orElse(false);
                if (!recent
                        && SlurmGlobalConfiguration.get()
                                .cluster(cluster)
                                .headNodes()
                                .includes(computer.getName())) {
                    scans.start(cluster, "head node " + computer.getName() + " came online");
                }
            } catch (InvalidRequestException e) {
                listener.getLogger().println("No scan of Apptainer images: " + e.getMessage());
            }
        }
    }
}
