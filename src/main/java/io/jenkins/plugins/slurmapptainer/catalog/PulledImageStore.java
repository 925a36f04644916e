package io.jenkins.plugins.slurmapptainer.catalog;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.XmlFile;
import io.jenkins.plugins.slurmapptainer.image.CheckedFile;
import io.jenkins.plugins.slurmapptainer.image.FileStamp;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import jenkins.model.Jenkins;

/**
 * The digests of the files that pulls have made. Every job of the account can replace these files on the shared file
 * system, but no job can change this store. It has a file of its own, which changes only with pulls. Safe for several
 * threads.
 */
@Extension
public final class PulledImageStore {
    private static final Logger LOGGER = Logger.getLogger(PulledImageStore.class.getName());
    private static final String FILE = "slurm-apptainer-pulled-images.xml";
    private static final int REMEMBERED = 10_000;

    private Map<Key, Remembered> files;

    private record Key(String cluster, String path) {}

    /**
     * @param pulled whether the head node that pulled the file gave its digest; otherwise the file was there when
     *     somebody looked
     */
    private record Remembered(CheckedFile file, boolean pulled) {}

    /** The file's content. Its field names are a file format. */
    private static final class Saved {
        private List<SavedFile> files = new ArrayList<>();
    }

    private static final class SavedFile {
        private String cluster = "";
        private String path = "";
        private String sha256 = "";
        private long size;
        private long modified;
        private long changed;
        private boolean pulled;
    }

    public static PulledImageStore get() {
        return ExtensionList.lookupSingleton(PulledImageStore.class);
    }

    /** Reads the content of a file. */
    public interface Reader {
        /**
         * @param path absolute path of the file
         * @return the file with its digest
         */
        CheckedFile read(String path) throws IOException, InterruptedException;
    }

    /**
     * Returns the file that was pulled. If nothing is known about it, the first file that is seen counts. That happens,
     * for example, when the process that pulled it has ended meanwhile.
     *
     * @param now the file that is there now; with its digest if the head node knows that it pulled this file
     * @param waited whether this build has waited for the pull: the image was not there before, so a different file is
     *     correct
     * @param reader asked only if the file is not the one that was there last
     * @throws InvalidRequestException when it is not the file that was pulled
     * @throws IOException when the file cannot be read, or its digest cannot be saved
     */
    public CheckedFile known(String cluster, String path, CheckedFile now, boolean waited, Reader reader)
            throws IOException, InterruptedException {
        Key key = new Key(cluster, path);
        Remembered before = find(key);
        if (before != null && before.file().isUntouched(now)) {
            return before.file();
        }
        boolean pulled = !now.sha256().isEmpty();
        CheckedFile file = pulled ? now : reader.read(path);
        boolean same = before != null && before.file().sha256().equals(file.sha256());
        if (!pulled && !waited && before != null && !same && !isPulled(path, file.sha256())) {
            throw new InvalidRequestException(
                    "image",
                    "the image " + path + " is not the file that was pulled: its SHA-256 is " + file.sha256()
                            + ", and was "
                            + before.file().sha256()
                            + "; somebody has replaced it. Remove the file; the next build then pulls the image again");
        }
        put(key, new Remembered(file, pulled || same && before.pulled()));
        return file;
    }

    /** Two clusters may share one directory, and either may have pulled the image. */
    private synchronized boolean isPulled(String path, String sha256) {
        return files().entrySet().stream()
                .anyMatch(entry -> entry.getKey().path().equals(path)
                        && entry.getValue().pulled()
                        && entry.getValue().file().sha256().equals(sha256));
    }

    @CheckForNull
    private synchronized Remembered find(Key key) {
        return files().get(key);
    }

    private synchronized void put(Key key, Remembered file) throws IOException {
        Map<Key, Remembered> changed = new LinkedHashMap<>(files());
        changed.remove(key);
        changed.put(key, file);
        if (changed.size() > REMEMBERED) {
            changed.remove(changed.keySet().iterator().next());
        }
        save(changed);
        files = changed;
    }

    private Map<Key, Remembered> files() {
        if (files == null) {
            files = load();
        }
        return files;
    }

    private static XmlFile file() {
        return new XmlFile(Jenkins.XSTREAM2, new File(Jenkins.get().getRootDir(), FILE));
    }

    private static Map<Key, Remembered> load() {
        Map<Key, Remembered> all = new LinkedHashMap<>();
        XmlFile file = file();
        try {
            if (file.exists() && file.read() instanceof Saved saved && saved.files != null) {
                for (SavedFile each : saved.files) {
                    CheckedFile known =
                            new CheckedFile(new FileStamp(each.size, each.modified), each.changed, each.sha256, "");
                    all.put(new Key(each.cluster, each.path), new Remembered(known, each.pulled));
                }
            }
        } catch (IOException | RuntimeException e) {
            LOGGER.log(
                    Level.WARNING, e, () -> file + " cannot be read; Jenkins trusts the pulled images as they are now");
        }
        return all;
    }

    private static void save(Map<Key, Remembered> all) throws IOException {
        Saved saved = new Saved();
        all.forEach((key, remembered) -> {
            CheckedFile file = remembered.file();
            SavedFile each = new SavedFile();
            each.cluster = key.cluster();
            each.path = key.path();
            each.sha256 = file.sha256();
            each.size = file.stamp().size();
            each.modified = file.stamp().modified();
            each.changed = file.changed();
            each.pulled = remembered.pulled();
            saved.files.add(each);
        });
        file().write(saved);
    }
}
