package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SweepRequest;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Removes directories of one controller's ended jobs that have been kept long enough. A directory stays if the
 * controller or Slurm's queue knows its job as unfinished. Nothing is removed if the queue cannot be asked. Each
 * directory is first renamed, so that nobody finds half of one. The next call continues where a call had to stop. For
 * one thread.
 */
public final class DirectorySweep {
    /**
     * A directory without a note on the job's end counts as abandoned only if nothing has happened in it for this long.
     */
    private static final Duration UNMARKED = Duration.ofDays(1);
    /** A younger directory may belong to a job that the controller has just created. */
    private static final Duration LEFT_VARIABLES = Duration.ofHours(1);
    /** Nobody waits for an announcement so long after the end of its job. */
    private static final Duration LEFT_ANNOUNCEMENTS = Duration.ofHours(1);
    /** Enough to tell the age of a directory. The plugin makes no directory with more entries. */
    private static final int MAX_ENTRIES = 1000;

    private final CommandRunner commands;
    private final SweepRequest request;
    private final JobStore store;
    private final Path root;
    private final long end;
    private final long now;
    private final Set<JobToken> unfinished;
    private final List<String> problems = new ArrayList<>();
    private boolean cut;

    DirectorySweep(CommandRunner commands, SweepRequest request, long now) {
        this.commands = commands;
        this.request = request;
        this.now = now;
        store = new JobStore(request.root());
        root = Path.of(request.root());
        end = System.nanoTime() + Duration.ofMillis(request.limitMillis()).toNanos();
        unfinished = new HashSet<>(request.unfinished());
    }

    /** Makes one sweep on this machine. */
    public static SweepAnswer run(SlurmAccess access, SweepRequest request) throws IOException, InterruptedException {
        return new DirectorySweep(new ProcessRunner(access), request, System.currentTimeMillis()).sweep();
    }

    SweepAnswer sweep() throws IOException, InterruptedException {
        if (!isDirectory(root)) {
            return SweepAnswer.NOTHING;
        }
        TreeRemoval removal = new TreeRemoval(request.root(), end);
        List<JobToken> all = tokens();
        List<JobToken> due = due(all);
        List<JobToken> open = withVariables(all);
        int count = 0;
        if (!(due.isEmpty() && open.isEmpty()) && askQueue()) {
            due.removeAll(unfinished);
            open.removeAll(unfinished);
            open.forEach(this::removeVariables);
            for (JobToken token : due) {
                if (System.nanoTime() >= end) {
                    cut = true;
                    break;
                }
                count += setAside(token) ? 1 : 0;
            }
        }
        removeAnnouncements();
        removal.removeAll();
        problems.addAll(removal.problems());
        return new SweepAnswer(count, removal.bytes(), all.size() - count, cut || removal.isCut(), told());
    }

    private ArrayList<String> told() {
        Problems told = new Problems();
        problems.forEach(told::add);
        return new ArrayList<>(told.list());
    }

    private static boolean isDirectory(Path path) {
        return Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }

    /** The jobs that have a directory. */
    private List<JobToken> tokens() throws IOException {
        List<JobToken> tokens = new ArrayList<>();
        for (String name : store.list(request.root())) {
            JobToken.parse(name)
                    .filter(token -> isDirectory(root.resolve(token.value())))
                    .ifPresent(tokens::add);
        }
        return tokens;
    }

    private List<JobToken> due(List<JobToken> tokens) throws InterruptedException {
        List<JobToken> due = new ArrayList<>();
        for (JobToken token : tokens) {
            if (System.nanoTime() >= end) {
                cut = true;
                break;
            }
            if (!unfinished.contains(token) && isDue(token)) {
                due.add(token);
            }
        }
        return due;
    }

    private boolean isDue(JobToken token) throws InterruptedException {
        JobDirectory directory = new JobDirectory(request.root(), token);
        try {
            Path mark = Path.of(directory.ended());
            Optional<EndMark> ended = EndMark.of(directory);
            if (ended.isPresent()) {
                long keep =
                        ended.get() == EndMark.SUCCEEDED ? request.keepSucceededMillis() : request.keepFailedMillis();
                return keep != SweepRequest.FOR_EVER && now - modified(mark) >= keep;
            }
            boolean forEver = request.keepFailedMillis() == SweepRequest.FOR_EVER
                    || request.keepSucceededMillis() == SweepRequest.FOR_EVER;
            long keep =
                    Math.max(UNMARKED.toMillis(), Math.max(request.keepFailedMillis(), request.keepSucceededMillis()));
            return !forEver && now - lastChange(Path.of(directory.path())) >= keep;
        } catch (IOException e) {
            problems.add("cannot look into " + directory.path() + ": " + Printable.of(e.toString()));
            return false;
        }
    }

    /** Ended jobs whose file with build variables still exists, because nobody could remove it at their end. */
    private List<JobToken> withVariables(List<JobToken> tokens) {
        List<JobToken> found = new ArrayList<>();
        for (JobToken token : tokens) {
            if (unfinished.contains(token)) {
                continue;
            }
            try {
                Path file = Path.of(new JobDirectory(request.root(), token).environment());
                if (now - modified(file) >= LEFT_VARIABLES.toMillis()) {
                    found.add(token);
                }
            } catch (IOException e) {
                // There is no such file, as it should be.
            }
        }
        return found;
    }

    private void removeVariables(JobToken token) {
        String file = new JobDirectory(request.root(), token).environment();
        try {
            store.delete(file);
            problems.add("removed " + file + ", which was left with the values of a build's variables");
        } catch (IOException e) {
            problems.add("cannot remove " + file + ", which has the values of a build's variables: "
                    + Printable.of(e.toString()));
        }
    }

    private void removeAnnouncements() throws InterruptedException {
        try {
            new LeftAnnouncements(request.root()).remove(now - LEFT_ANNOUNCEMENTS.toMillis());
        } catch (IOException e) {
            problems.add("cannot remove announcements of jobs that have ended: " + Printable.of(e.toString()));
        }
    }

    private long lastChange(Path directory) throws IOException {
        long newest = modified(directory);
        List<String> names = store.list(directory.toString());
        for (String name : names.subList(0, Math.min(MAX_ENTRIES, names.size()))) {
            newest = Math.max(newest, modified(directory.resolve(name)));
        }
        return newest;
    }

    private static long modified(Path path) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                .lastModifiedTime()
                .toMillis();
    }

    /** Adds the unfinished jobs that the queue knows. */
    private boolean askQueue() throws InterruptedException {
        SlurmQuestions.Answer<QueueEntry> answer = new SlurmQuestions(commands, List.of()).queue();
        if (answer.rows() == null) {
            problems.add("nothing was removed, because squeue did not answer: " + Printable.of(answer.error()));
            return false;
        }
        answer.rows().stream()
                .filter(row -> !row.state().isEnded())
                .forEach(row ->
                        JobDirectory.ofComment(request.root(), row.comment()).ifPresent(unfinished::add));
        return true;
    }

    private boolean setAside(JobToken token) {
        JobDirectory directory = new JobDirectory(request.root(), token);
        try {
            return TreeRemoval.setAside(directory);
        } catch (IOException e) {
            problems.add("cannot remove " + directory.path() + ": " + Printable.of(e.toString()));
            return false;
        }
    }
}
