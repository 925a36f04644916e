package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.job.ByteText;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Checks outputs against the limits of their cluster before any is copied. */
final class OutputExcess {
    private static final int NAMED = 5;

    private OutputExcess() {}

    /** What is too much, in one sentence with the largest files; empty if the outputs are within the limits. */
    static Optional<String> of(OutputSelection selection, OutputBounds bounds) throws IOException {
        List<OutputSelection.Output> counted = selection.counted(bounds.inPlace());
        long bytes = counted.stream().mapToLong(OutputSelection.Output::size).sum();
        boolean tooMany = bounds.files() > 0 && counted.size() > bounds.files();
        boolean tooLarge = bounds.bytes() > 0 && bytes > bounds.bytes();
        if (!tooMany && !tooLarge) {
            return Optional.empty();
        }
        String biggest = counted.stream()
                .sorted(Comparator.comparingLong(OutputSelection.Output::size).reversed())
                .limit(NAMED)
                .map(output -> output.name() + " (" + ByteText.of(output.size()) + ")")
                .collect(Collectors.joining(", "));
        String most = tooLarge
                ? ByteText.exactly(bounds.bytes()) + " (" + ByteText.of(bounds.bytes()) + ")"
                : bounds.files() + (bounds.files() == 1 ? " file" : " files");
        return Optional.of(counted.size() + (counted.size() == 1 ? " file of " : " files of ") + ByteText.of(bytes)
                + " are more than the " + most + " that cluster " + bounds.cluster()
                + " allows; nothing was copied, they are still in " + selection.from()
                + (counted.size() > NAMED ? "; the biggest are " : ": ") + biggest
                + "; name fewer files, or let the job write less");
    }
}
