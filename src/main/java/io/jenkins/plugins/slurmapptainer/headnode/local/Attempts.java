package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.io.IOException;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The records of a job's attempts, newest first. A second start that did nothing
 * ({@link ExitRecord#isOfRepeatedStart()}) is skipped in favour of the attempt before it, which may still run.
 */
final class Attempts {
    private final JobStore store;
    private final JobDirectory directory;
    private final NavigableSet<Integer> starts;
    private final NavigableSet<Integer> ends;

    /** @param names all names in the job's directory */
    Attempts(JobStore store, JobDirectory directory, List<String> names) {
        this.store = store;
        this.directory = directory;
        this.starts = numbers(names, directory.started());
        this.ends = numbers(names, directory.exit());
    }

    /** The end of the job as far as the records show it; empty while the newest attempt runs. */
    Optional<ExitRecord> end() throws IOException, InterruptedException {
        NavigableSet<Integer> all = new TreeSet<>(starts);
        all.addAll(ends);
        Optional<ExitRecord> repeated = Optional.empty();
        for (int attempt : all.descendingSet()) {
            Optional<ExitRecord> end = ends.contains(attempt) ? readEnd(attempt) : Optional.empty();
            if (end.isEmpty()) {
                return repeated;
            }
            if (!end.get().isOfRepeatedStart()) {
                return repeated.isEmpty() ? end : end.map(ExitRecord::beforeRepeatedStart);
            }
            repeated = repeated.isEmpty() ? end : repeated;
        }
        return repeated;
    }

    /**
     * The newest start, if it is later than the known one.
     *
     * @param known number of the known attempt, -1 for none
     */
    Optional<StartRecord> start(int known) throws IOException, InterruptedException {
        return starts.isEmpty() || starts.last() <= known ? Optional.empty() : readStart(starts.last());
    }

    private Optional<ExitRecord> readEnd(int attempt) throws IOException, InterruptedException {
        return store.read(directory.exit() + attempt)
                .flatMap(text -> ExitRecord.parse(directory.token().value(), text))
                .filter(record -> record.attempt() == attempt && directory.mayBelongTo(record.jobId()));
    }

    private Optional<StartRecord> readStart(int attempt) throws IOException, InterruptedException {
        return store.read(directory.started() + attempt)
                .flatMap(text -> StartRecord.parse(directory.token().value(), text))
                .filter(record -> record.attempt() == attempt && directory.mayBelongTo(record.jobId()));
    }

    private static NavigableSet<Integer> numbers(List<String> names, String prefix) {
        String stem = prefix.substring(prefix.lastIndexOf('/') + 1);
        NavigableSet<Integer> numbers = new TreeSet<>();
        for (String name : names) {
            String number = name.startsWith(stem) ? name.substring(stem.length()) : "";
            if (number.matches("[0-9]{1,6}")) {
                numbers.add(Integer.parseInt(number));
            }
        }
        return numbers;
    }
}
