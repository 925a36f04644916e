package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which images builds may name that are not in the catalog.
 *
 * @param kind what is allowed
 * @param roots directories below which paths are allowed, for {@link Kind#ROOTS}
 */
public record ImagePolicy(Kind kind, List<String> roots) {
    public static final ImagePolicy CATALOG_ONLY = new ImagePolicy(Kind.CATALOG, List.of());
    public static final ImagePolicy ANYTHING = new ImagePolicy(Kind.ANY, List.of());

    /** The three policies. */
    public enum Kind {
        /** Images of the catalog only. */
        CATALOG,
        /** Also files below certain directories. */
        ROOTS,
        /** Also any file that the compute nodes can read, and any image of a registry. */
        ANY
    }

    public ImagePolicy {
        roots = List.copyOf(roots);
    }

    /** Allows only what both policies allow. */
    public ImagePolicy and(ImagePolicy other) {
        if (kind == Kind.ROOTS && other.kind == Kind.ROOTS) {
            Stream<String> inner = Stream.concat(
                    roots.stream().filter(root -> isBelow(root, other.roots)),
                    other.roots.stream().filter(root -> isBelow(root, roots)));
            return new ImagePolicy(Kind.ROOTS, inner.distinct().collect(Collectors.toList()));
        }
        return kind.compareTo(other.kind) <= 0 ? this : other;
    }

    private static boolean isBelow(String directory, List<String> roots) {
        return roots.stream().anyMatch(root -> directory.equals(root) || new ScanRoot(root, "").contains(directory));
    }

    /** Whether a text is the place of an image, a path or a reference, and not a name. */
    public static boolean isPlace(String wanted) {
        return wanted.startsWith("/") || ImageReference.isMeant(wanted);
    }

    /**
     * Finds the image that a build means.
     *
     * @param wanted id, alias, file name, or a path or reference if the policy allows it
     * @throws InvalidRequestException when there is none, or it is not allowed
     */
    public ImageRecord find(ImageList catalog, String wanted) {
        if (!isPlace(wanted)) {
            return catalog.find(wanted);
        }
        boolean written = ImageReference.isMeant(wanted) || ImageRecord.isPath(wanted);
        String path = written ? ImageRecord.normal(wanted) : wanted;
        return catalog.all().stream()
                .filter(image -> image.path().equals(path))
                .findFirst()
                .map(image -> catalog.find(image.id()))
                .orElseGet(() -> elsewhere(path));
    }

    private ImageRecord elsewhere(String path) {
        if (ImageReference.isMeant(path) && kind != Kind.ANY) {
            throw new InvalidRequestException(
                    "image",
                    "images of registries are not allowed here unless the catalog has them; write the id of an image of the"
                            + " catalog");
        }
        if (kind == Kind.CATALOG) {
            throw new InvalidRequestException(
                    "image", "paths are not allowed here; write the id of an image of the catalog");
        }
        ImageRecord.checkPath(path);
        if (kind == Kind.ROOTS && roots.stream().noneMatch(root -> new ScanRoot(root, "").contains(path))) {
            throw new InvalidRequestException(
                    "image",
                    "'" + Printable.of(path) + "' is not below "
                            + (roots.isEmpty() ? "an allowed directory" : String.join(" or ", roots)));
        }
        return ImageRecord.ofPath(ImageIds.ofStem(ImageName.ofPath(path).stem()), path);
    }
}
