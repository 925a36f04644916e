package io.jenkins.plugins.slurmapptainer.image;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of an image's path {@code …/<type>/<name>_<version>.sif}, or of a reference to an image in a registry.
 *
 * @param file name of the file
 * @param type name of its directory, may be empty
 * @param stem the file's name without its extension
 * @param family the stem without the version
 * @param version the part after the last {@code _}, may be empty
 */
record ImageName(String file, String type, String stem, String family, String version) {
    private static final Pattern EXTENSION = Pattern.compile("\\.(sif|simg|img)$");

    static ImageName ofPath(String path) {
        if (ImageReference.isMeant(path)) {
            return ofReference(new ImageReference(path));
        }
        String[] parts = path.split("/");
        String file = parts[parts.length - 1];
        String type = parts.length > 2 ? parts[parts.length - 2] : "";
        Matcher extension = EXTENSION.matcher(file);
        String stem = extension.replaceFirst("");
        int underscore = stem.lastIndexOf('_');
        return new ImageName(
                file,
                type,
                stem,
                underscore < 0 ? stem : stem.substring(0, underscore),
                underscore < 0 ? "" : stem.substring(underscore + 1));
    }

    private static ImageName ofReference(ImageReference reference) {
        String stem = reference.stem();
        return new ImageName(stem + ".sif", reference.scheme(), stem, reference.family(), reference.tag());
    }
}
