package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the image that somebody means. It tries in this order: the id, the file name with or without its extension, an
 * alias, the newest of a family ({@code python}), a version of a family ({@code python@3.11}, or {@code python@3} for
 * the newest 3.x). If nothing matches, the error suggests similar names.
 */
public final class ImageLookup {
    private static final Comparator<ImageRecord> NEWEST = Comparator.comparing(
                    (ImageRecord image) -> image.notes().state() == ImageState.CURRENT)
            .thenComparing(ImageRecord::version, VersionOrder.INSTANCE);

    private ImageLookup() {}

    /**
     * @throws InvalidRequestException when there is no such image (suggests similar ids), when several could be meant,
     *     or when it is hidden or its file is missing
     */
    public static ImageRecord find(Collection<ImageRecord> images, String wanted) {
        List<Function<ImageRecord, Stream<String>>> names = List.of(
                image -> Stream.of(image.id()),
                image -> Stream.of(image.name()),
                image -> Stream.of(image.stem()),
                image -> image.notes().aliases().stream());
        for (Function<ImageRecord, Stream<String>> name : names) {
            List<ImageRecord> found = images.stream()
                    .filter(image -> name.apply(image).anyMatch(wanted::equals))
                    .collect(Collectors.toList());
            if (!found.isEmpty()) {
                return usable(one(found, wanted));
            }
        }
        return newest(images, wanted).orElseThrow(() -> new InvalidRequestException("image", unknown(images, wanted)));
    }

    /** Chooses among images with the same name. Unusable ones count only if there are no others. */
    private static ImageRecord one(List<ImageRecord> found, String wanted) {
        List<ImageRecord> usable = found.stream().filter(ImageRecord::isUsable).collect(Collectors.toList());
        if (usable.size() > 1) {
            throw new InvalidRequestException(
                    "image",
                    "'" + Printable.of(wanted) + "' may be " + ids(usable) + "; write the id of the one that is meant");
        }
        return usable.isEmpty() ? found.get(0) : usable.get(0);
    }

    private static ImageRecord usable(ImageRecord image) {
        String problem = image.notes().state() == ImageState.HIDDEN
                ? "is hidden by an administrator" + hint(image)
                : image.origin().missing()
                        ? "is missing: the last scan did not find " + Printable.of(image.path())
                        : null;
        if (problem != null) {
            throw new InvalidRequestException("image", "'" + image.id() + "' " + problem);
        }
        return image;
    }

    /** The warning for a build that uses a deprecated image; empty for other images. */
    public static Optional<String> warning(ImageRecord image) {
        return image.notes().state() == ImageState.DEPRECATED
                ? Optional.of("Image " + image.id() + " is deprecated" + hint(image))
                : Optional.empty();
    }

    private static String hint(ImageRecord image) {
        String hint = Printable.of(image.notes().hint());
        return hint.isEmpty() ? "" : ": " + hint;
    }

    private static Optional<ImageRecord> newest(Collection<ImageRecord> images, String wanted) {
        int at = wanted.lastIndexOf('@');
        String family = at < 0 ? wanted : wanted.substring(0, at);
        String version = at < 0 ? "" : wanted.substring(at + 1);
        List<ImageRecord> members = images.stream()
                .filter(image -> image.isUsable() && image.family().equals(family))
                .collect(Collectors.toList());
        return at < 0
                ? newestOf(members, image -> true)
                : newestOf(members, image -> image.version().equals(version))
                        .or(() -> newestOf(members, image -> image.version().startsWith(version + ".")));
    }

    private static Optional<ImageRecord> newestOf(List<ImageRecord> members, Predicate<ImageRecord> condition) {
        Optional<ImageRecord> best = members.stream().filter(condition).max(NEWEST);
        best.ifPresent(found -> one(
                members.stream()
                        .filter(condition.and(image -> NEWEST.compare(image, found) == 0))
                        .collect(Collectors.toList()),
                found.family() + "@" + found.version()));
        return best;
    }

    private static String ids(Collection<ImageRecord> images) {
        return images.stream().map(image -> "'" + image.id() + "'").collect(Collectors.joining(" or "));
    }

    private static String unknown(Collection<ImageRecord> images, String wanted) {
        String problem = "there is no image '" + Printable.of(wanted) + "' in the catalog";
        List<ImageRecord> usable = images.stream().filter(ImageRecord::isUsable).collect(Collectors.toList());
        if (usable.isEmpty()) {
            return problem + ", which is empty; an administrator adds images in Manage Jenkins, System";
        }
        List<String> names = usable.stream()
                .flatMap(image -> Stream.concat(Stream.of(image.id()), image.notes().aliases().stream()))
                .collect(Collectors.toList());
        List<String> near = NearMisses.of(names, wanted);
        return near.isEmpty()
                ? problem + " (it has " + usable.size() + (usable.size() == 1 ? " image)" : " images)")
                : problem + "; did you mean " + String.join(" or ", near) + "?";
    }
}
