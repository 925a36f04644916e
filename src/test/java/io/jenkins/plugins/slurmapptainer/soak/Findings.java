package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Counts and evidence. */
final class Findings {
    private final List<SoakJob> jobs;
    private final List<String> history;
    private final Judge judge;

    Findings(List<SoakJob> jobs, List<String> history, Judge judge) {
        this.jobs = jobs;
        this.history = history;
        this.judge = judge;
    }

    /** @return whether nothing is wrong, ran twice or was lost */
    boolean print(PrintStream out) throws IOException {
        int wrong = 0;
        int twice = 0;
        int lost = 0;
        Map<String, Integer> outcomes = new TreeMap<>();
        for (SoakJob job : jobs) {
            Truth truth = Truth.of(job.truth);
            if (truth.jobs() > 1) {
                twice++;
                evidence("RAN TWICE", job, truth, out);
            }
            if (job.ends() != 1 && job.failure() == null) {
                lost++;
                evidence("TOLD " + job.ends() + " TIMES", job, truth, out);
            } else {
                String kind =
                        job.outcome() == null ? "failed" : job.outcome().kind().toString();
                outcomes.merge(kind, 1, Integer::sum);
                Optional<String> why = judge.wrong(job, truth);
                if (why.isPresent()) {
                    wrong++;
                    evidence("WRONG: " + why.get(), job, truth, out);
                }
            }
        }
        if (wrong + twice + lost > 0) {
            out.println("Faults of the whole cluster:");
            history.forEach(line -> out.println("    " + line));
        }
        out.printf("%d jobs: %s%n%d wrong, %d twice, %d lost%n", jobs.size(), outcomes, wrong, twice, lost);
        return wrong + twice + lost == 0;
    }

    private static void evidence(String what, SoakJob job, Truth truth, PrintStream out) {
        out.println(what + ": job number " + job.number + ", " + job.behaviour + (job.inImage ? " in the image" : "")
                + (job.mayRequeue ? ", --requeue" : "") + (job.wrapper.isEmpty() ? "" : ", sbatch " + job.wrapper));
        out.println("  outcome: " + job.outcome() + ", told in attempt " + job.attemptTold());
        out.println("  record: " + job.host().record().directory().path());
        out.println("  what it wrote itself:");
        out.print(truth);
        out.println("  what happened:");
        job.history.forEach(line -> out.println("    " + line));
    }
}
