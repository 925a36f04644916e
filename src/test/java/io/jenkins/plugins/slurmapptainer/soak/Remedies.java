package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Spares the test the long waits that follow some faults. */
final class Remedies {
    /** Only root can release these. */
    private static final List<String> HELD_BY_SLURM = List.of("JobHeldAdmin", "launch failed requeued held");

    private final Operator operator;
    /** Since when jobs are known to wait for another start. */
    private final Map<String, Double> requeued = new HashMap<>();

    Remedies(Operator operator) {
        this.operator = operator;
    }

    /** Slurm itself holds a suspended job that is put back into the queue, or one whose node is lost while it is launched. */
    void releaseHeldJobs() throws IOException, InterruptedException {
        for (String id : waitingFor("JobHeldUser")) {
            Commands.run("scontrol", "release", id);
        }
        for (String reason : HELD_BY_SLURM) {
            for (String id : waitingFor(reason)) {
                operator.begin("release " + id);
            }
        }
    }

    /**
     * Slurm itself would let them wait for two minutes; but a node refuses a job that starts again in the second of its end
     * ("Job credential revoked"), which Slurm calls a failure of the job.
     */
    void startRequeuedJobs() throws IOException, InterruptedException {
        List<String> waiting = waitingFor("BeginTime");
        requeued.keySet().retainAll(waiting);
        for (String id : waiting) {
            if (SoakJob.now() - requeued.computeIfAbsent(id, key -> SoakJob.now()) > 2) {
                Commands.run("scontrol", "update", "jobid=" + id, "StartTime=now");
            }
        }
    }

    private static List<String> waitingFor(String reason) throws IOException, InterruptedException {
        Commands.Answer answer = Commands.run("squeue", "--me", "-h", "-t", "PD", "-o", "%i %r");
        return !answer.accepted()
                ? List.of()
                : answer.text()
                        .lines()
                        .filter(line -> line.endsWith(" " + reason))
                        .map(line -> line.split(" ")[0])
                        .toList();
    }
}
