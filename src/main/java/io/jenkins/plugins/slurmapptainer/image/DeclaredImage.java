package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.List;
import java.util.Optional;

/**
 * An entry of the catalog as an administrator wrote it. For an empty part, the result of a scan counts, and without one
 * the path.
 *
 * @param id the name that a build writes
 * @param path absolute path of the file, or the reference of an image in a registry; may be empty when a scan found an
 *     image with this id
 * @param name file name, may be empty
 * @param type may be empty
 * @param version may be empty
 * @param clusters names of the clusters that have it; empty for all
 * @param notes what people say about it
 * @param defaults how a script runs in it by default
 * @param integrity what is checked before it is used
 * @param credentialsId of a user and a password for the registry, may be empty
 * @param plainHttp whether the connection to the registry is made without TLS
 */
public record DeclaredImage(
        String id,
        String path,
        String name,
        String type,
        String version,
        List<String> clusters,
        ImageNotes notes,
        LaunchDefaults defaults,
        Integrity integrity,
        String credentialsId,
        boolean plainHttp) {
    /**
     * The complete image.
     *
     * @param discovered the same image as a scan found it, if one did
     * @throws InvalidRequestException when id or path are not acceptable
     */
    ImageRecord merge(Optional<ImageRecord> discovered) {
        if (path.isEmpty() && discovered.isEmpty()) {
            ImageRecord.checkId(id);
            throw new InvalidRequestException(
                    "path", "no scan has found an image '" + id + "'; write the path of its file");
        }
        ImageRecord base =
                discovered.orElseGet(() -> ImageRecord.ofPath(id, path).with(new Origin(true, clusters, false)));
        Origin found = base.origin();
        return new ImageRecord(
                id,
                or(name, base.name()),
                base.path(),
                or(type, base.type()),
                or(version, base.version()),
                notes,
                defaults,
                integrity,
                base.file(),
                new Origin(true, clusters.isEmpty() ? found.clusters() : clusters, found.missing()),
                base.source().isUsed() ? new RegistrySource(path, credentialsId, plainHttp) : RegistrySource.NONE);
    }

    private static String or(String written, String derived) {
        return written.isEmpty() ? derived : written;
    }
}
