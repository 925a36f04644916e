package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.XmlFile;
import hudson.model.Run;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;
import org.springframework.security.access.AccessDeniedException;

/**
 * The builds that used an image last, in one small file for each image. The builds themselves and, by digest, Jenkins'
 * fingerprints say exactly what was run. This file only saves a search through all builds. Safe for several threads.
 */
@Extension
@Restricted(NoExternalUse.class)
public final class ImageUsageLog {
    /** How many uses of an image are remembered. */
    static final int REMEMBERED = 20;

    private static final Logger LOGGER = Logger.getLogger(ImageUsageLog.class.getName());

    /** The content of a file. Its field names are a file format. */
    private static final class Saved {
        private final String path;
        private List<Use> uses = new ArrayList<>();

        Saved(String path) {
            this.path = path;
        }
    }

    /** One use. Its field names are a file format. */
    private static final class Use {
        private final String build;
        private final String token;

        Use(String build, String token) {
            this.build = build;
            this.token = token;
        }
    }

    public static ImageUsageLog get() {
        return ExtensionList.lookupSingleton(ImageUsageLog.class);
    }

    /** Remembers a job of a build. If that fails, the job runs all the same. */
    synchronized void add(String path, Run<?, ?> run, JobRecord job) {
        try {
            Saved saved = read(path);
            saved.uses.removeIf(use -> use.token.equals(job.token()));
            saved.uses.add(0, new Use(run.getExternalizableId(), job.token()));
            saved.uses = new ArrayList<>(saved.uses.subList(0, Math.min(REMEMBERED, saved.uses.size())));
            file(path).write(saved);
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot remember that " + run.getExternalizableId() + " uses " + path);
        }
    }

    private static Saved read(String path) throws IOException {
        XmlFile file = file(path);
        return file.exists() && file.read() instanceof Saved saved && saved.uses != null && path.equals(saved.path)
                ? saved
                : new Saved(path);
    }

    private static XmlFile file(String path) {
        File directory = new File(Jenkins.get().getRootDir(), "slurm-apptainer-image-uses");
        return new XmlFile(Jenkins.XSTREAM2, new File(directory, Util.getDigestOf(path) + ".xml"));
    }

    /**
     * The last jobs that used the image with this path, newest first. Contains only builds that the current user may
     * see.
     */
    public List<JobPage> last(String path) {
        List<JobPage> found = new ArrayList<>();
        for (Use use : uses(path)) {
            Run<?, ?> run = build(use.build);
            SlurmJobsAction action = run == null ? null : run.getAction(SlurmJobsAction.class);
            JobPage page = action == null ? null : action.getJob(use.token);
            if (page != null) {
                found.add(page);
            }
        }
        return found;
    }

    private synchronized List<Use> uses(String path) {
        try {
            return read(path).uses;
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.WARNING, e, () -> "cannot read who uses " + path);
            return List.of();
        }
    }

    @CheckForNull
    private static Run<?, ?> build(String id) {
        try {
            return Run.fromExternalizableId(id);
        } catch (IllegalArgumentException | AccessDeniedException e) {
            return null;
        }
    }
}
