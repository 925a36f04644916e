package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import io.jenkins.plugins.slurmapptainer.catalog.ImageCatalog;
import io.jenkins.plugins.slurmapptainer.image.ImageQuery;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import java.util.List;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.kohsuke.stapler.export.Exported;
import org.kohsuke.stapler.export.ExportedBean;

/** {@code images}: a filtered page of the catalog, and single images. */
final class RestImages {
    private static final int USUAL_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private RestImages() {}

    /**
     * A page of the images that match a query.
     *
     * @param start number of the first one, {@code null} for 0
     * @param limit the largest number of images, {@code null} for 100
     */
    static RestAnswer list(ImageQuery query, @CheckForNull String start, @CheckForNull String limit) {
        int from = number(start, 0);
        int count = number(limit, USUAL_LIMIT);
        if (from < 0 || count < 1 || count > MAX_LIMIT) {
            return RestAnswer.error(
                    RestError.invalid("start is a number from 0, limit a number from 1 to " + MAX_LIMIT));
        }
        if (!List.of("", "current", "deprecated", "hidden", "missing").contains(query.status())) {
            return RestAnswer.error(RestError.invalid("state is one of current, deprecated, hidden, missing"));
        }
        if (!List.of("", "declared", "discovered").contains(query.source())) {
            return RestAnswer.error(RestError.invalid("source is one of declared, discovered"));
        }
        List<ImageRecord> found = ImageCatalog.get().visible().only(query).all();
        return RestAnswer.ok(new Page(found, from, count));
    }

    /** The image with this id. */
    static RestAnswer one(String id) {
        return ImageCatalog.get()
                .visible()
                .byId(id)
                .map(image -> RestAnswer.ok(new ExportedImage(image)))
                .orElseGet(() -> RestAnswer.error(RestError.notFound("there is no image with this id")));
    }

    /** Reads a number: {@code otherwise} if there is none, -1 if the text is no number. */
    private static int number(@CheckForNull String text, int otherwise) {
        String digits = Util.fixNull(text);
        if (digits.isEmpty()) {
            return otherwise;
        }
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : -1;
    }

    /** A part of the matching images. */
    @ExportedBean
    @Restricted(NoExternalUse.class)
    public static final class Page {
        private final List<ImageRecord> all;
        private final int start;
        private final int limit;

        Page(List<ImageRecord> all, int start, int limit) {
            this.all = all;
            this.start = start;
            this.limit = limit;
        }

        /** Number of images on all pages. */
        @Exported
        public int getTotal() {
            return all.size();
        }

        @Exported
        public int getStart() {
            return start;
        }

        @Exported
        public int getLimit() {
            return limit;
        }

        @Exported(inline = true)
        public List<ExportedImage> getImages() {
            return all.stream().skip(start).limit(limit).map(ExportedImage::new).collect(Collectors.toList());
        }
    }
}
