package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.regex.Pattern;

/**
 * One image of the catalog.
 *
 * @param id what a Jenkinsfile says, for example {@code python_3.11}
 * @param name file name, for example {@code python_3.11.sif}
 * @param path absolute path on the compute nodes
 * @param type what it is for, for example {@code compute}; the name of its directory
 * @param version for example {@code 3.11}, may be empty
 */
public record ImageRecord(String id, String name, String path, String type, String version) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@-]{0,127}");
    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]*[^\\p{Cntrl}/]");

    public ImageRecord {
        checkId(id);
        checkPath(path);
    }

    /** A record whose name, type and version follow from a path {@code …/<type>/<name>_<version>.sif}. */
    public static ImageRecord ofPath(String id, String path) {
        checkPath(path);
        String[] parts = path.split("/");
        String name = parts[parts.length - 1];
        String type = parts.length > 2 ? parts[parts.length - 2] : "";
        String stem = name.replaceFirst("\\.(sif|simg|img)$", "");
        int underscore = stem.lastIndexOf('_');
        return new ImageRecord(id, name, path, type, underscore < 0 ? "" : stem.substring(underscore + 1));
    }

    /** @throws InvalidRequestException saying what an id may consist of */
    public static void checkId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new InvalidRequestException(
                    "id", "use letters, digits and . _ + @ - only, for example 'python_3.11'");
        }
    }

    /** @throws InvalidRequestException unless the path is absolute, has no {@code ..} and no control characters */
    public static void checkPath(String path) {
        if (!PATH.matcher(path).matches() || (path + "/").contains("/../")) {
            throw new InvalidRequestException(
                    "path", "write the absolute path of the image file, for example '/shared/images/python_3.11.sif'");
        }
    }

    /** What the batch script needs of it. */
    public ContainerImage inContainer() {
        return new ContainerImage(name, path);
    }
}
