package io.jenkins.plugins.slurmapptainer.image;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * One image of the catalog.
 *
 * @param id the name in a Jenkinsfile, for example {@code python_3.11}
 * @param name file name, for example {@code python_3.11.sif}
 * @param path absolute path on the compute nodes; in the catalog, an image in a registry has its reference here
 * @param type the kind of use, for example {@code compute}; usually the name of its directory
 * @param version for example {@code 3.11}, may be empty
 * @param notes what people say about it
 * @param defaults how a script runs in it by default
 * @param integrity what is checked before it is used
 * @param file what a scan knows about it
 * @param origin where the entry comes from
 * @param source where the image is pulled from, if it is pulled
 */
public record ImageRecord(
        String id,
        String name,
        String path,
        String type,
        String version,
        ImageNotes notes,
        LaunchDefaults defaults,
        Integrity integrity,
        ImageFile file,
        Origin origin,
        RegistrySource source) {
    /** By type, then by name, newest version first. */
    public static final Comparator<ImageRecord> ORDER = Comparator.comparing(ImageRecord::type)
            .thenComparing(ImageRecord::family)
            .thenComparing(ImageRecord::version, VersionOrder.INSTANCE.reversed())
            .thenComparing(ImageRecord::id);

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._+@-]{0,127}");
    private static final Pattern PATH = Pattern.compile("/[^\\p{Cntrl}]*[^\\p{Cntrl}/]");

    public ImageRecord {
        checkId(id);
        checkPath(path);
        path = normal(path);
    }

    /** The one form of a path in which paths are compared. A reference stays as it is. */
    static String normal(String path) {
        return ImageReference.isMeant(path) ? path : Bind.normal(path);
    }

    /** A declared image without further information. */
    public ImageRecord(String id, String name, String path, String type, String version) {
        this(
                id,
                name,
                path,
                type,
                version,
                ImageNotes.NONE,
                LaunchDefaults.NONE,
                Integrity.UNCHECKED,
                ImageFile.UNSEEN,
                Origin.DECLARED,
                RegistrySource.NONE);
    }

    /**
     * Makes a record whose name, type and version follow from a path {@code …/<type>/<name>_<version>.sif}, or from a
     * reference.
     */
    public static ImageRecord ofPath(String id, String path) {
        checkPath(path);
        ImageName name = ImageName.ofPath(path);
        ImageRecord image = new ImageRecord(id, name.file(), path, name.type(), name.version());
        return ImageReference.isMeant(path) ? image.with(new RegistrySource(path, "", false)) : image;
    }

    /** @throws InvalidRequestException for an invalid id; the message says which characters are allowed */
    public static void checkId(String id) {
        if (!isId(id)) {
            throw new InvalidRequestException(
                    "id", "use letters, digits and . _ + @ - only, for example 'python_3.11'");
        }
    }

    /** Whether a text may be the id of an image. */
    public static boolean isId(String text) {
        return ID.matcher(text).matches();
    }

    /**
     * @throws InvalidRequestException unless the text is an absolute path without {@code ..} and control characters, or
     *     a reference to an image in a registry
     */
    public static void checkPath(String path) {
        if (ImageReference.isMeant(path)) {
            new ImageReference(path);
        } else if (!isPath(path)) {
            throw new InvalidRequestException(
                    "path", "write the absolute path of the image file, for example '/shared/images/python_3.11.sif'");
        }
    }

    static boolean isPath(String text) {
        return PATH.matcher(text).matches() && !(text + "/").contains("/../");
    }

    /** The same image under another id. */
    public ImageRecord withId(String other) {
        return new ImageRecord(other, name, path, type, version, notes, defaults, integrity, file, origin, source);
    }

    /** The same image with other notes. */
    public ImageRecord with(ImageNotes other) {
        return new ImageRecord(id, name, path, type, version, other, defaults, integrity, file, origin, source);
    }

    /** The same image with other defaults. */
    public ImageRecord with(LaunchDefaults other) {
        return new ImageRecord(id, name, path, type, version, notes, other, integrity, file, origin, source);
    }

    /** The same image with another check. */
    public ImageRecord with(Integrity other) {
        return new ImageRecord(id, name, path, type, version, notes, defaults, other, file, origin, source);
    }

    /** The same image with other facts about its file. */
    public ImageRecord with(ImageFile other) {
        return new ImageRecord(id, name, path, type, version, notes, defaults, integrity, other, origin, source);
    }

    /** The same image from another origin. */
    public ImageRecord with(Origin other) {
        return new ImageRecord(id, name, path, type, version, notes, defaults, integrity, file, other, source);
    }

    /** The same image from another source. */
    public ImageRecord with(RegistrySource other) {
        return new ImageRecord(id, name, path, type, version, notes, defaults, integrity, file, origin, other);
    }

    /** The image as a file. One in a registry is pulled into the given directory. */
    public ImageRecord inDirectory(String directory) {
        return source.isUsed() ? atPath(directory + "/" + new ImageReference(source.reference()).file()) : this;
    }

    /** The same image with its file at another place. */
    public ImageRecord atPath(String other) {
        return new ImageRecord(id, name, other, type, version, notes, defaults, integrity, file, origin, source);
    }

    /** The part of the name that all versions share: {@code python} for {@code python_3.11}. */
    public String family() {
        for (String separator : new String[] {"_", "-"}) {
            if (!version.isEmpty() && id.endsWith(separator + version)) {
                return id.substring(0, id.length() - version.length() - 1);
            }
        }
        return ImageName.ofPath(path).family();
    }

    /** The id that follows from the file's name, independent of the image's id in the catalog. */
    public String stem() {
        return ImageName.ofPath(path).stem();
    }

    /** Whether it is current or deprecated, and its file is there as far as known. */
    public boolean isUsable() {
        return notes.state() != ImageState.HIDDEN && !origin.missing();
    }

    /** {@code current}, {@code deprecated}, {@code hidden}, or {@code missing} when the file is gone. */
    public String status() {
        return origin.missing() && notes.state() != ImageState.HIDDEN
                ? "missing"
                : notes.state().word();
    }

    /** The image in the form that the batch script needs. */
    public ContainerImage inContainer() {
        return new ContainerImage(
                name,
                path,
                source.reference(),
                defaults.binds(),
                defaults.environment(),
                defaults.gpu(),
                defaults.interpreter());
    }
}
