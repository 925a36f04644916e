package io.jenkins.plugins.slurmapptainer.catalog;

import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import jenkins.model.Jenkins;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** An image that an administrator has declared. What is left empty follows from the path. */
public final class CatalogImage implements Describable<CatalogImage> {
    private final String id;
    private final String path;
    private String name;
    private String type;
    private String version;

    /**
     * @param id what a build says
     * @param path absolute path of the image file on the compute nodes
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

    public String getName() {
        return name;
    }

    @DataBoundSetter
    public void setName(String name) {
        this.name = Util.fixEmptyAndTrim(name);
    }

    public String getType() {
        return type;
    }

    @DataBoundSetter
    public void setType(String type) {
        this.type = Util.fixEmptyAndTrim(type);
    }

    public String getVersion() {
        return version;
    }

    @DataBoundSetter
    public void setVersion(String version) {
        this.version = Util.fixEmptyAndTrim(version);
    }

    /**
     * The image as the rest of the plugin sees it.
     *
     * @throws InvalidRequestException when id or path are not acceptable
     */
    public ImageRecord toRecord() {
        ImageRecord derived = ImageRecord.ofPath(id, path);
        return new ImageRecord(
                id, or(name, derived.name()), path, or(type, derived.type()), or(version, derived.version()));
    }

    private static String or(String set, String derived) {
        return set == null ? derived : set;
    }

    @Extension
    @Symbol("apptainerImage")
    public static final class DescriptorImpl extends Descriptor<CatalogImage> {
        @Override
        public String getDisplayName() {
            return "Apptainer image";
        }

        @POST
        public FormValidation doCheckId(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return check(() -> ImageRecord.checkId(value.trim()));
        }

        @POST
        public FormValidation doCheckPath(@QueryParameter String value) {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            return check(() -> ImageRecord.checkPath(value.trim()));
        }

        private static FormValidation check(Runnable rule) {
            try {
                rule.run();
                return FormValidation.ok();
            } catch (InvalidRequestException e) {
                return FormValidation.error(e.getMessage());
            }
        }
    }
}
