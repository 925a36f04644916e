package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Whether all that a program printed has arrived, in order and once. */
final class Output {
    private static final int ROUNDS = 4;

    private Output() {}

    /** Looks at programs that print much and ended well in their only run. */
    static Optional<String> wrong(SoakJob job) {
        boolean checked = job.outcome().kind() == Outcome.Kind.SUCCESS
                && job.runTold() == 0
                && job.behaviour == Behaviour.PRINTS_MUCH;
        return checked ? wrong(new String(job.output(), StandardCharsets.UTF_8)) : Optional.empty();
    }

    /** Each round counts from 1 to the same number. */
    static Optional<String> wrong(String output) {
        long expected = 1;
        long last = 0;
        int rounds = 1;
        for (String line : output.split("\n")) {
            if (!line.startsWith("line ")) {
                continue;
            }
            long number = Long.parseLong(line.split(" ")[1]);
            if (number == 1 && expected > 1) {
                if (rounds > 1 && last != expected - 1) {
                    return Optional.of("output: round " + rounds + " ends at " + (expected - 1) + ", not " + last);
                }
                rounds++;
                last = expected - 1;
                expected = 1;
            }
            if (number != expected || !line.endsWith(" of a long output with ünïcode")) {
                return Optional.of("output: '" + line + "' instead of line " + expected);
            }
            expected++;
        }
        return rounds == ROUNDS && last == expected - 1
                ? Optional.empty()
                : Optional.of("output: " + rounds + " rounds, " + (expected - 1) + " of " + last);
    }
}
