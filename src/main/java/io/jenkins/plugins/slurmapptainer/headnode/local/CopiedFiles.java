package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Which files of a job's directory and of the workspace were copied from each other, in a list in the job's directory.
 * A pair counts until the file system has seen a write to either file; setting a file's time, as {@code touch} and
 * {@code tar} do, does not hide that. Without a readable list, everything is copied again. Several threads may add
 * files.
 */
final class CopiedFiles {
    private static final Logger LOGGER = Logger.getLogger(CopiedFiles.class.getName());
    private static final int FIELDS = 12;
    private static final int MAX_BYTES = 64 << 20;

    private final JobStore store;
    private final Path list;
    private final Map<String, FileTwins> twins = new LinkedHashMap<>();
    private boolean changed;

    private CopiedFiles(JobDirectory directory) {
        this.store = new JobStore(directory.root());
        this.list = Path.of(directory.copied());
    }

    /** The list that earlier calls have written for a job. */
    static CopiedFiles of(JobDirectory directory) throws InterruptedException {
        CopiedFiles files = new CopiedFiles(directory);
        try {
            files.read();
        } catch (IOException | RuntimeException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot read " + files.list);
            files.twins.clear();
        }
        return files;
    }

    /**
     * @param pair original in the job's directory and copy in the workspace; swapped by {@link FileTwins#swapped()} for
     *     the other direction
     */
    synchronized void add(String name, FileTwins pair) {
        twins.put(name, pair);
        changed = true;
    }

    /** Whether the workspace already has the output in its current state. */
    boolean isCopied(OutputSelection.Output output, Path target) throws IOException {
        FileTwins pair = twins.get(output.name());
        return pair != null
                && Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS)
                && pair.areStill(output.facts(), FileFacts.of(target));
    }

    /** An empty list, even if an interrupted call has left one. */
    static CopiedFiles none(JobDirectory directory) {
        return new CopiedFiles(directory);
    }

    /** Saves what was added. Without room for that, the list is dropped. */
    void save() {
        if (!changed) {
            return;
        }
        StringBuilder text = new StringBuilder();
        twins.forEach((name, pair) -> {
            append(text, pair.original());
            append(text, pair.copy());
            text.append(name).append('\0');
        });
        try {
            store.write(list.toString(), text.toString());
            changed = false;
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "cannot write " + list);
        }
    }

    private static void append(StringBuilder text, FileFacts facts) {
        Instant time = facts.changed().toInstant();
        for (long number : new long[] {
            facts.mode(), facts.device(), facts.inode(), facts.size(), time.getEpochSecond(), time.getNano()
        }) {
            text.append(number).append(' ');
        }
    }

    private void read() throws IOException, InterruptedException {
        Optional<FileChannel> file = store.open(list);
        if (file.isEmpty()) {
            return;
        }
        String text;
        try (InputStream in = Channels.newInputStream(file.get())) {
            text = new String(in.readNBytes(MAX_BYTES), StandardCharsets.UTF_8);
        }
        for (String line : text.split("\0")) {
            String[] fields = line.split(" ", FIELDS + 1);
            twins.put(fields[FIELDS], new FileTwins(facts(fields, 0), facts(fields, FIELDS / 2)));
        }
    }

    private static FileFacts facts(String[] fields, int from) {
        FileTime changed = FileTime.from(
                Instant.ofEpochSecond(Long.parseLong(fields[from + 4]), Long.parseLong(fields[from + 5])));
        return new FileFacts(
                Integer.parseInt(fields[from]),
                Long.parseLong(fields[from + 1]),
                Long.parseLong(fields[from + 2]),
                Long.parseLong(fields[from + 3]),
                changed,
                changed);
    }
}
