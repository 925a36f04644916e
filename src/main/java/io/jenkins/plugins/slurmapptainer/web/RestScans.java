package io.jenkins.plugins.slurmapptainer.web;

import io.jenkins.plugins.slurmapptainer.scan.ImageScan;
import io.jenkins.plugins.slurmapptainer.scan.ImageScans;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** {@code scans}: the remembered scans, newest first, and single scans. Only for users who may start scans. */
final class RestScans {
    private RestScans() {}

    static RestAnswer list() {
        return RestAnswer.ok(new Page(ImageScans.get().all()));
    }

    /** The scan with this number. */
    static RestAnswer one(String number) {
        Optional<ImageScan> scan =
                number.matches("[0-9]{1,9}") ? ImageScans.get().find(Integer.parseInt(number)) : Optional.empty();
        return scan.map(found -> RestAnswer.ok(new ExportedScan(found)))
                .orElseGet(() -> RestAnswer.error(RestError.notFound(
                        "there is no scan with this number; the last ones are remembered until Jenkins restarts")));
    }

    /** Some scans. */
    @ExportedBean
    @Restricted(NoExternalUse.class)
    public static final class Page {
        private final List<ImageScan> scans;

        Page(List<ImageScan> scans) {
            this.scans = scans;
        }

        @Exported(inline = true)
        public List<ExportedScan> getScans() {
            return scans.stream().map(ExportedScan::new).collect(Collectors.toList());
        }
    }
}
