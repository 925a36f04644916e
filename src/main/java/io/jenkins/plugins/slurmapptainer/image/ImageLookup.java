package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NearMisses;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Finds the image that somebody means: by id, else by file name; otherwise the error names what comes near. */
public final class ImageLookup {
    private ImageLookup() {}

    /** @throws InvalidRequestException when there is no such image, with the nearest ids */
    public static ImageRecord find(Collection<ImageRecord> images, String wanted) {
        return images.stream()
                .filter(image -> image.id().equals(wanted))
                .findFirst()
                .or(() -> images.stream()
                        .filter(image -> image.name().equals(wanted))
                        .findFirst())
                .orElseThrow(() -> new InvalidRequestException("image", unknown(images, wanted)));
    }

    private static String unknown(Collection<ImageRecord> images, String wanted) {
        String problem = "there is no image '" + Printable.of(wanted) + "' in the catalog";
        if (images.isEmpty()) {
            return problem + ", which is empty; an administrator adds images in Manage Jenkins, System";
        }
        List<String> near = NearMisses.of(images.stream().map(ImageRecord::id).collect(Collectors.toList()), wanted);
        return near.isEmpty()
                ? problem + " (it has " + images.size() + " images)"
                : problem + "; did you mean " + String.join(" or ", near) + "?";
    }
}
