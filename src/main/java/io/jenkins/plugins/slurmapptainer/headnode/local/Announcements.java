package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * The starts and ends that the jobs of one controller have announced. As long as nobody announces anything, a look costs one
 * question for the attributes of one directory, however many jobs there are. Used by one thread at a time.
 */
final class Announcements {
    /** A directory may change again at the same time, as its file system counts: in steps of up to 2 s. */
    private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(2_200);
    /** A network file system remembers attributes, for a minute and longer; opening a directory makes it ask the server. */
    private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final JobStore store;
    private final String directory;
    /** By name. */
    private Map<String, Announcement> known = Map.of();

    @CheckForNull
    private FileTime modified;

    private boolean listed;
    private long listedAt;
    private long changedAt;

    Announcements(String root) {
        this.store = new JobStore(root);
        this.directory = JobDirectory.announcements(root);
    }

    /**
     * Looks what is new.
     *
     * @param now nanoseconds of a clock that only goes forward
     * @param surely list them, whatever the attributes say
     * @return what was announced since the last look
     */
    Set<Announcement> look(long now, boolean surely) throws IOException {
        FileTime time = modified();
        boolean changed = !listed || (time == null ? modified != null : !time.equals(modified));
        boolean unsettled =
                listedAt - changedAt < SETTLED_NANOS && (listedAt == changedAt || now - changedAt >= SETTLED_NANOS);
        if (!changed && !unsettled && !surely && now - listedAt < SURE_NANOS) {
            return Set.of();
        }
        modified = time;
        changedAt = changed ? now : changedAt;
        listedAt = now;
        listed = true;
        Map<String, Announcement> before = known;
        Set<Announcement> news = new HashSet<>();
        known = new HashMap<>();
        for (String name : time == null ? List.<String>of() : list()) {
            Announcement one = before.get(name);
            if (one == null) {
                Announcement.parse(name).ifPresent(news::add);
            } else {
                known.put(name, one);
            }
        }
        news.forEach(one -> known.put(one.name(), one));
        return news;
    }

    /** All that are known of, by the last look. */
    Collection<Announcement> known() {
        return known.values();
    }

    /** Removes what has been heard and need not be heard again. */
    void remove(Announcement heard) throws IOException {
        store.delete(directory + "/" + heard.name());
    }

    @CheckForNull
    private FileTime modified() throws IOException {
        try {
            FileFacts facts = FileFacts.of(Path.of(directory));
            if (!facts.isDirectory()) {
                throw new NotDirectoryException(directory);
            }
            return facts.modified();
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * By the directory's own path, which an NFS client takes as a reason to ask its server, and with a call that opens nothing but
     * directories. A link that is put there at this moment shows other names, which announce nothing.
     */
    private List<String> list() throws IOException {
        String[] names = Path.of(directory).toFile().list();
        if (names == null) {
            throw new FileSystemException(directory, null, "cannot be listed");
        }
        return List.of(names);
    }

    /** Removes all that a job and its tasks have announced. */
    static void forget(JobDirectory job) throws IOException {
        Announcements announcements = new Announcements(job.root());
        if (announcements.modified() == null) {
            return;
        }
        for (String name : announcements.list()) {
            if (name.startsWith(job.token().value())) {
                announcements.store.delete(announcements.directory + "/" + name);
            }
        }
    }
}
