package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.ObservedJob;
import io.jenkins.plugins.slurmapptainer.headnode.WatchChanges;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * Watches jobs in ways whose file operations are counted by {@link FileOperationsTest}, as a process of its own. Each part stands between
 * two looks for a file that does not exist: its name tells which part begins or ends.
 */
final class WatchedByStrace {
    static final int ROUNDS = 10;
    static final int SECONDS = 6;
    static final int SILENT_JOBS = 20;
    static final int SILENT_SECONDS = 600;
    /** The announcements count as settled after a little less, and are listed again after a little more. */
    private static final long SETTLED_MILLIS = 2_600;

    private static final String OUTPUT = "one\n";
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long TICK = TimeUnit.MILLISECONDS.toNanos(200);

    private final Path root;

    private WatchedByStrace(Path root) {
        this.root = root;
    }

    /** @param arguments the directory */
    public static void main(String[] arguments) throws Exception {
        WatchedByStrace program = new WatchedByStrace(Path.of(arguments[0]));
        Files.createDirectory(Path.of(JobDirectory.announcements(arguments[0])));
        program.waiting(1);
        program.waiting(200);
        program.looks();
        program.silent();
    }

    private void begins(String part) {
        Files.exists(root.resolve("begin-" + part));
    }

    private void ends(String part) {
        Files.exists(root.resolve("end-" + part));
    }

    private void waiting(int count) throws Exception {
        ArrayList<ObservedJob> jobs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JobDirectory job = new JobDirectory(root.toString(), JobToken.random());
            Files.createDirectory(Path.of(job.path()));
            jobs.add(new ObservedJob(job.token(), 0, -1, -1));
        }
        String list = UUID.randomUUID().toString();
        LocalHeadNode node = new LocalHeadNode(new FakeCommands());
        node.observe(request(new WatchChanges(list, 0, 1, jobs, new ArrayList<>()), SETTLED_MILLIS));
        ObserveRequest nothingNew = request(new WatchChanges(list, 1, 1, new ArrayList<>(), new ArrayList<>()), 0);
        begins("waiting-" + count);
        for (int i = 0; i < ROUNDS; i++) {
            node.observe(nothingNew);
        }
        ends("waiting-" + count);
        begins("seconds-" + count);
        node.observe(request(nothingNew.watches(), TimeUnit.SECONDS.toMillis(SECONDS)));
        ends("seconds-" + count);
    }

    private ObserveRequest request(WatchChanges changes, long millis) {
        return new ObserveRequest(root.toString(), changes, false, new ArrayList<>(), new ArrayList<>(), false, millis);
    }

    private JobLook running(long now) throws IOException {
        JobDirectory job = new JobDirectory(root.toString(), JobToken.random());
        Files.createDirectory(Path.of(job.path()));
        Files.writeString(Path.of(job.outputLog()), OUTPUT);
        Files.writeString(Path.of(job.started() + 0), "v1 token=" + job.token() + " job=12 attempt=0 time=5 node=n1\n");
        return new JobLook(root.toString(), new ObservedJob(job.token(), OUTPUT.length(), 0, -1), now);
    }

    /** One job, by a clock of its own: every look at it is a part. */
    private void looks() throws Exception {
        try (JobLook look = running(0)) {
            for (int second = 0; second < SILENT_SECONDS; second += 5) {
                begins("look-" + second);
                look.look(second * SECOND);
                ends("look-" + second);
            }
        }
    }

    /** Some jobs, by a clock of its own, as often as they want to be looked at. */
    private void silent() throws Exception {
        List<JobLook> looks = new ArrayList<>();
        for (int i = 0; i < SILENT_JOBS; i++) {
            looks.add(running(0));
        }
        for (long now = 0; now < (60 + SILENT_SECONDS) * SECOND; now += TICK) {
            if (now == 60 * SECOND) {
                begins("silent");
            }
            for (JobLook look : looks) {
                if (look.isDue(now)) {
                    look.look(now);
                }
            }
        }
        ends("silent");
        for (JobLook look : looks) {
            look.close();
        }
    }
}
