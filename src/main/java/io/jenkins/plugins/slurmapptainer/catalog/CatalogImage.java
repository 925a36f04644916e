package io.jenkins.plugins.slurmapptainer.catalog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Describable;
import io.jenkins.plugins.slurmapptainer.image.DeclaredImage;
import io.jenkins.plugins.slurmapptainer.image.EntryText;
import io.jenkins.plugins.slurmapptainer.image.ImageNotes;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ImageState;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/**
 * An image that an administrator declares. For an empty field, the result of a scan counts, and without one the path.
 * Jenkins makes it from a form or a file; it does not change afterwards.
 */
public final class CatalogImage extends SourceSettings implements Describable<CatalogImage> {
    private final String id;
    private final String path;
    private String name;
    private String type;
    private String version;
    private String description;
    private String aliases;
    private String clusters;
    private String folders;
    private String state;
    private String hint;

    /**
     * @param id the name that a build writes
     * @param path absolute path of the image file on the compute nodes, or the reference of an image in a registry;
     *     empty when a scan finds an image with this id
     */
    @DataBoundConstructor
    public CatalogImage(String id, String path) {
        this.id = Util.fixNull(id).trim();
        this.path = Util.fixNull(path).trim();
    }

    public String getId() {
        return id;
    }

    public String getPath() {
        return path;
    }

    /** The name in the job's banner, {@code null} for the file's name. */
    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** The type, {@code null} for the name of the file's directory. */
    @CheckForNull
    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    /** The version, {@code null} for the one in the file's name. */
    @CheckForNull
    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    /** One or a few sentences, {@code null} for none. */
    @CheckForNull
    public String getDescription() {
        return description;
    }

    @DataBoundSetter
    public void setDescription(String description) {
        this.description = Util.fixEmptyAndTrim(description);
    }

    /** Other names by which builds find it, separated by commas, {@code null} for none. */
    @CheckForNull
    public String getAliases() {
        return aliases;
    }

    @DataBoundSetter
    public void setAliases(String aliases) {
        this.aliases = Util.fixEmptyAndTrim(aliases);
    }

    /** Names of the clusters that have it, separated by commas, {@code null} for all. */
    @CheckForNull
    public String getClusters() {
        return clusters;
    }

    @DataBoundSetter
    public void setClusters(String clusters) {
        this.clusters = Util.fixEmptyAndTrim(clusters);
    }

    /** Folders whose jobs may use it, as {@link NamePatterns} reads them, {@code null} for all. */
    @CheckForNull
    public String getFolders() {
        return folders;
    }

    @DataBoundSetter
    public void setFolders(String folders) {
        this.folders = Util.fixEmptyAndTrim(folders);
    }

    /** {@code current}, {@code deprecated} or {@code hidden}. */
    public String getState() {
        return state == null ? "current" : state;
    }

    @DataBoundSetter
    public void setState(String state) {
        String word = Util.fixEmptyAndTrim(state);
        this.state = "current".equals(word) ? null : word;
    }

    /** What to use instead, {@code null} for none. */
    @CheckForNull
    public String getHint() {
        return hint;
    }

    @DataBoundSetter
    public void setHint(String hint) {
        this.hint = Util.fixEmptyAndTrim(hint);
    }

    /**
     * The entry as the catalog works with it.
     *
     * @throws InvalidRequestException naming the first field that is not acceptable
     */
    public DeclaredImage toDeclared() {
        ImageRecord.checkId(id);
        if (!path.isEmpty()) {
            ImageRecord.checkPath(path);
        }
        return new DeclaredImage(
                id,
                path,
                Util.fixNull(name),
                Util.fixNull(type),
                Util.fixNull(version),
                EntryText.items(Util.fixNull(clusters)),
                notes(),
                defaults(),
                integrity(),
                Util.fixNull(getRegistryCredentialsId()),
                isPlainHttp());
    }

    private ImageNotes notes() {
        return new ImageNotes(
                Util.fixNull(description),
                EntryText.aliases(Util.fixNull(aliases)),
                EntryText.word("state", getState(), ImageState.class),
                Util.fixNull(hint),
                NamePatterns.of(Util.fixNull(folders)));
    }
}
