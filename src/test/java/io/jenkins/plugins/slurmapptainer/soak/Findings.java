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
    private final Troubles troubles;
    private final SlurmLog log;
    private final Judge judge;

    Findings(List<SoakJob> jobs, Troubles troubles, SlurmLog log) {
        this.jobs = jobs;
        this.troubles = troubles;
        this.log = log;
        judge = new Judge(troubles, log);
    }

    /**
     * @param left number of jobs that are still in the queue
     * @return whether nothing is wrong, ran twice, was lost or is left
     */
    boolean print(long left, PrintStream out) throws IOException {
        int wrong = 0;
        int twice = 0;
        int lost = 0;
        Map<String, Integer> outcomes = new TreeMap<>();
        for (SoakJob job : jobs) {
            Truth truth = Truth.of(job.truth);
            if (truth.ranTwice(job.mayRequeue)) {
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
            out.println("Troubles of the whole cluster:");
            out.print(troubles);
        }
        if (left > 0) {
            out.println(left + " jobs are left in the queue");
        }
        out.printf("%d jobs: %s%n%d wrong, %d twice, %d lost%n", jobs.size(), outcomes, wrong, twice, lost);
        return wrong + twice + lost + left == 0;
    }

    private void evidence(String what, SoakJob job, Truth truth, PrintStream out) {
        out.println(what + ": job number " + job.number + ", " + job.behaviour + (job.inImage ? " in the image" : "")
                + (job.mayRequeue ? ", --requeue" : "") + (job.wrapper.isEmpty() ? "" : ", sbatch " + job.wrapper));
        out.println("  outcome: " + job.outcome() + ", told after run " + job.runTold());
        out.println("  record: " + job.host().record().directory().path());
        out.println("  what it wrote itself:");
        out.print(truth);
        out.println("  Slurm's log:");
        log.of(job.host().record().token()).forEach(line -> out.println("    " + line));
        out.println("  what happened:");
        job.history.forEach(line -> out.println("    " + line));
    }
}
