package io.jenkins.plugins.slurmapptainer.catalog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.slurmapptainer.image.DeclaredImage;
import io.jenkins.plugins.slurmapptainer.image.EntryText;
import io.jenkins.plugins.slurmapptainer.image.ImageNotes;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ImageState;
import io.jenkins.plugins.slurmapptainer.image.Integrity;
import io.jenkins.plugins.slurmapptainer.image.RunDefaults;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An image that an administrator has declared. What is left empty follows from what a scan found, else from the path. */
public final class CatalogImage implements Describable<CatalogImage> {
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
    private String binds;
    private String environment;
    private String gpu;
    private String interpreter;
    private String template;
    private String sha256;
    private String signingKey;

    /**
     * @param id what a build says
     * @param path absolute path of the image file on the compute nodes; empty when a scan finds an image with this id
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

    /** What the job's banner shows, {@code null} for the file's name. */
    @CheckForNull
    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    /** {@code null} for the name of the file's directory. */
    @CheckForNull
    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    /** {@code null} for what the file's name says. */
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

    /** Directories that programs in it see, separated by line breaks or commas, {@code null} for none. */
    @CheckForNull
    public String getBinds() {
        return binds;
    }

    @DataBoundSetter
    public void setBinds(String binds) {
        this.binds = Util.fixEmptyAndTrim(binds);
    }

    /** Lines {@code NAME=value}, {@code null} for none. */
    @CheckForNull
    public String getEnvironment() {
        return environment;
    }

    @DataBoundSetter
    public void setEnvironment(String environment) {
        this.environment = Util.fixEmptyAndTrim(environment);
    }

    /** {@code none}, {@code nv} or {@code rocm}. */
    public String getGpu() {
        return gpu == null ? "none" : gpu;
    }

    @DataBoundSetter
    public void setGpu(String gpu) {
        String word = Util.fixEmptyAndTrim(gpu);
        this.gpu = "none".equals(word) ? null : word;
    }

    /** For scripts without a {@code #!} line, {@code null} for the usual one. */
    @CheckForNull
    public String getInterpreter() {
        return interpreter;
    }

    @DataBoundSetter
    public void setInterpreter(String interpreter) {
        this.interpreter = Util.fixEmptyAndTrim(interpreter);
    }

    /** Name of the template whose values apply, {@code null} for none. */
    @CheckForNull
    public String getTemplate() {
        return template;
    }

    @DataBoundSetter
    public void setTemplate(String template) {
        this.template = Util.fixEmptyAndTrim(template);
    }

    /** Digest of the file that is checked before use, {@code null} for no check. */
    @CheckForNull
    public String getSha256() {
        return sha256;
    }

    @DataBoundSetter
    public void setSha256(String sha256) {
        this.sha256 = Util.fixEmptyAndTrim(sha256);
    }

    /** Fingerprint of the key that must have signed the image, {@code null} for no check. */
    @CheckForNull
    public String getSigningKey() {
        return signingKey;
    }

    @DataBoundSetter
    public void setSigningKey(String signingKey) {
        this.signingKey = Util.fixEmptyAndTrim(signingKey);
    }

    /**
     * The entry as the model has it.
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
                integrity());
    }

    private ImageNotes notes() {
        return new ImageNotes(
                Util.fixNull(description),
                EntryText.aliases(Util.fixNull(aliases)),
                EntryText.word("state", getState(), ImageState.class),
                Util.fixNull(hint),
                NamePatterns.of(Util.fixNull(folders)));
    }

    private RunDefaults defaults() {
        return new RunDefaults(
                EntryText.binds(Util.fixNull(binds)),
                EntryText.environment(Util.fixNull(environment)),
                EntryText.word("gpu", getGpu(), Gpu.class),
                EntryText.interpreter(Util.fixNull(interpreter)),
                Util.fixNull(template));
    }

    private Integrity integrity() {
        return new Integrity(Util.fixNull(sha256), Util.fixNull(signingKey));
    }

    @Extension
    @Symbol("apptainerImage")
    public static final class DescriptorImpl extends Descriptor<CatalogImage> {
        @Override
        public String getDisplayName() {
            return "Apptainer image";
        }

        @POST
        public ListBoxModel doFillStateItems() {
            Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
            ListBoxModel items = new ListBoxModel();
            items.add("current", "current");
            items.add("deprecated: builds are warned", "deprecated");
            items.add("hidden: builds are refused", "hidden");
            return items;
        }

        @POST
        public ListBoxModel doFillGpuItems() {
            Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
            ListBoxModel items = new ListBoxModel();
            items.add("none", "none");
            items.add("NVIDIA (--nv)", "nv");
            items.add("AMD (--rocm)", "rocm");
            return items;
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            return check(() -> ImageRecord.checkId(value.trim()));
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            return value.isBlank() ? check(() -> {}) : check(() -> ImageRecord.checkPath(value.trim()));
        }

        @POST
        public FormValidation doCheckAliases(@QueryParameter String value) {
            return check(() -> EntryText.aliases(value));
        }

        @POST
        public FormValidation doCheckBinds(@QueryParameter String value) {
            return check(() -> EntryText.binds(value));
        }

        @POST
        public FormValidation doCheckEnvironment(@QueryParameter String value) {
            return check(() -> EntryText.environment(value));
        }

        @POST
        public FormValidation doCheckInterpreter(@QueryParameter String value) {
            return check(() -> EntryText.interpreter(value));
        }

        @POST
        public FormValidation doCheckSha256(@QueryParameter String value) {
            return check(() -> new Integrity(value, ""));
        }

        @POST
        public FormValidation doCheckSigningKey(@QueryParameter String value) {
            return check(() -> new Integrity("", value));
        }

        private static FormValidation check(Runnable rule) {
            Jenkins.get().checkPermission(ImagePermissions.CONFIGURE);
            return FieldCheck.of(rule);
        }
    }
}
