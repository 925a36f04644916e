package io.jenkins.plugins.slurmapptainer.web;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.model.Api;
import hudson.model.ModelObject;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.execution.ImageUsageLog;
import io.jenkins.plugins.slurmapptainer.execution.JobPage;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import java.io.IOException;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** The page of one image, at {@code /apptainer-images/image/<id>/}. {@link ImagesPage} has checked the permission. */
@Restricted(NoExternalUse.class)
public final class ImagePage implements ModelObject {
    private final ImageRecord image;

    ImagePage(ImageRecord image) {
        this.image = image;
    }

    @Override
    public String getDisplayName() {
        return image.id();
    }

    public Api getApi() {
        return new Api(getFacts());
    }

    /** The facts that the list shows too. */
    public ExportedImage getFacts() {
        return new ExportedImage(image);
    }

    /** A Pipeline that uses the image. No character of an id needs quotes. */
    public String getSnippet() {
        return "slurmApptainer(image: '" + image.id() + "', script: '''\n    hostname\n''')";
    }

    /** Size of the file as text, empty if it is not known. */
    public String getSizeText() {
        Long size = getFacts().getSize();
        return size == null ? "" : ByteText.of(size);
    }

    /** When the file was changed, {@code null} if it is not known. */
    @CheckForNull
    public Date getModified() {
        return date(getFacts().getModified());
    }

    /** When the image was built, {@code null} if it is not known. */
    @CheckForNull
    public Date getBuilt() {
        return date(getFacts().getBuilt());
    }

    @CheckForNull
    private static Date date(@CheckForNull Long time) {
        return time == null ? null : new Date(time);
    }

    /** Directories of the node that programs in it can see. */
    public String getBinds() {
        return image.defaults().binds().stream().map(Bind::toString).collect(Collectors.joining(", "));
    }

    /** Variables of programs in it. */
    public String getEnvironment() {
        return image.defaults().environment().entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The option that provides the node's graphics drivers, empty for none. */
    public String getGpu() {
        return image.defaults().gpu().option();
    }

    /** Interpreter of scripts without a {@code #!} line, empty for the usual one. */
    public String getInterpreter() {
        return String.join(" ", image.defaults().interpreter());
    }

    /** Name of the template whose values apply, empty for none. */
    public String getTemplate() {
        return image.defaults().template();
    }

    /** Fingerprint of the key that must have signed the image, empty for none. */
    public String getSigningKey() {
        return image.integrity().signingKey();
    }

    /** Patterns of the folders whose jobs may use it, empty for all. */
    public String getFolders() {
        return String.join(", ", image.notes().folders().patterns());
    }

    /** Other names by which builds find it. */
    public String getAliases() {
        return String.join(", ", image.notes().aliases());
    }

    /** Clusters that have the image, empty for all. */
    public String getClusters() {
        return String.join(", ", image.origin().clusters());
    }

    /** Whether the image's longer texts can be read: there is a file, and a cluster that sees it. */
    public boolean isReadable() {
        return !image.source().isUsed()
                && !image.origin().missing()
                && cluster().isPresent();
    }

    private Optional<SlurmCluster> cluster() {
        return SlurmGlobalConfiguration.get().getClusters().stream()
                .filter(cluster -> image.origin().isOn(cluster.getName()))
                .findFirst();
    }

    /**
     * The image's longer texts. Waits up to 30 s for a head node and remembers the answer for a minute. The page loads
     * them afterwards, so that it need not wait itself.
     */
    public ImageScripts getScripts() throws InterruptedException {
        SlurmCluster cluster = cluster().orElse(null);
        if (cluster == null || !isReadable()) {
            return ImageScripts.problem("is on no cluster");
        }
        return ImageTexts.get().of(cluster.getName(), image.path(), () -> scripts(cluster));
    }

    private ImageScripts scripts(SlurmCluster cluster) throws InterruptedException {
        try {
            return cluster.headNodes().anyImageFiles().scripts(image.path(), cluster.getApptainer());
        } catch (IOException e) {
            return ImageScripts.problem("cannot be inspected now: " + Printable.of(String.valueOf(e.getMessage())));
        }
    }

    /** The last jobs that used the image, newest first. */
    public List<JobPage> getUses() {
        return ImageUsageLog.get().last(image.path());
    }
}
