package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.image.ScanReport;
import io.jenkins.plugins.slurmapptainer.image.SkippedFile;
import io.jenkins.plugins.slurmapptainer.scan.ImageScan;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** A scan as programs see it. The names are an interface: they never change. */
@ExportedBean(defaultVisibility = 2)
@Restricted(NoExternalUse.class)
public final class ExportedScan {
    private final ImageScan scan;
    private final ScanReport report;

    ExportedScan(ImageScan scan) {
        this.scan = scan;
        this.report = scan.report();
    }

    @Exported
    public int getId() {
        return scan.id();
    }

    @Exported
    public String getCluster() {
        return scan.cluster();
    }

    /** Who or what started it. */
    @Exported
    public String getCause() {
        return scan.cause();
    }

    /** {@code running}, {@code done} or {@code failed}. */
    @Exported
    public String getState() {
        return scan.state().word();
    }

    /** Start in milliseconds since 1970. */
    @Exported
    public long getStarted() {
        return scan.started();
    }

    /** End in milliseconds since 1970, {@code null} while it runs. */
    @CheckForNull
    @Exported
    public Long getEnded() {
        return scan.ended() == 0 ? null : scan.ended();
    }

    /** Its progress, or how it ended. */
    @Exported
    public String getMessage() {
        return scan.lastLine();
    }

    /** How many images it has seen. Like the other counts, {@code null} until the scan has succeeded. */
    @CheckForNull
    @Exported
    public Integer getTotal() {
        return report == null ? null : report.total();
    }

    @CheckForNull
    @Exported
    public Integer getAddedCount() {
        return report == null ? null : report.added().count();
    }

    @CheckForNull
    @Exported
    public Integer getChangedCount() {
        return report == null ? null : report.changed().count();
    }

    @CheckForNull
    @Exported
    public Integer getLostCount() {
        return report == null ? null : report.lost().count();
    }

    @CheckForNull
    @Exported
    public Integer getSkippedCount() {
        return report == null ? null : report.skippedCount();
    }

    /** The paths, at most a thousand. */
    @Exported(visibility = 1)
    public List<String> getAdded() {
        return report == null ? List.of() : report.added().named();
    }

    @Exported(visibility = 1)
    public List<String> getChanged() {
        return report == null ? List.of() : report.changed().named();
    }

    @Exported(visibility = 1)
    public List<String> getLost() {
        return report == null ? List.of() : report.lost().named();
    }

    /** What was left out and why, at most a thousand. */
    @Exported(visibility = 1, inline = true)
    public List<Skipped> getSkipped() {
        return report == null
                ? List.of()
                : report.skipped().stream().map(Skipped::new).collect(Collectors.toList());
    }

    /** A file that was left out. */
    @ExportedBean(defaultVisibility = 2)
    @Restricted(NoExternalUse.class)
    public static final class Skipped {
        private final SkippedFile file;

        Skipped(SkippedFile file) {
            this.file = file;
        }

        @Exported
        public String getPath() {
            return file.path();
        }

        @Exported
        public String getReason() {
            return file.reason();
        }
    }
}
