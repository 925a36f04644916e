package io.jenkins.plugins.slurmapptainer.headnode.local;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The starts and ends that the jobs of one controller have announced. While nobody announces anything, a look only
 * reads the attributes of one directory, for any number of jobs. For one thread at a time.
 */
final class Announcements {
    /** A directory may change again within the time steps of its file system, which may be 2 s long. */
    private static final long SETTLED_NANOS = TimeUnit.MILLISECONDS.toNanos(2_200);
    /**
     * A network file system caches attributes, for a minute or longer. Opening the directory makes it ask the server.
     */
    private static final long SURE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private static final Pattern RECORD = Pattern.compile("(started|exit)\\.(?<attempt>[0-9]{1,6})");

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
     * Finds new announcements.
     *
     * @param now nanoseconds of a clock that never goes back
     * @param surely whether to list them even if the attributes have not changed
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

    /** All announcements that the last look found. */
    Collection<Announcement> known() {
        return known.values();
    }

    /** Removes an announcement that is not needed any more. */
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
     * Lists the directory by its own path, because that makes an NFS client ask its server. The call opens only
     * directories. If somebody puts a link there at this moment, its names announce nothing.
     */
    private List<String> list() throws IOException {
        String[] names = Path.of(directory).toFile().list();
        if (names == null) {
            throw new FileSystemException(directory, null, "cannot be listed");
        }
        return List.of(names);
    }

    /**
     * Removes what a job and its tasks have announced. Of a job without tasks these are the attempts that have a record, so nothing is
     * listed that others have announced.
     */
    static void forget(JobDirectory job) throws IOException {
        JobStore store = new JobStore(job.root());
        Set<Integer> attempts = new HashSet<>();
        List<String> names = records(store, job);
        if (names.isEmpty() || names.contains(JobDirectory.TASKS)) {
            forgetAll(job);
            return;
        }
        for (String name : names) {
            Matcher record = RECORD.matcher(name);
            if (record.matches()) {
                attempts.add(Integer.parseInt(record.group("attempt")));
            }
        }
        for (int attempt : attempts) {
            for (boolean ended : new boolean[] {false, true}) {
                Announcement one = new Announcement(job.token().value(), JobDirectory.NO_TASK, ended, attempt);
                store.delete(JobDirectory.announcements(job.root()) + "/" + one.name());
            }
        }
    }

    /** The names in a job's directory, none if the job has closed it or put something else there. */
    private static List<String> records(JobStore store, JobDirectory job) throws IOException {
        try {
            return store.list(job.path());
        } catch (NotDirectoryException | AccessDeniedException e) {
            return List.of();
        }
    }

    /** Removes everything that a job and its tasks have announced, which costs a listing of what all have announced. */
    static void forgetAll(JobDirectory job) throws IOException {
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
