package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.util.List;

/** Spares the test the long waits that follow some faults. */
final class Remedies {
    /** Only root can release these. */
    private static final List<String> HELD_BY_SLURM = List.of("JobHeldAdmin", "launch failed requeued held");

    private final Commands commands;

    Remedies(Commands commands) {
        this.commands = commands;
    }

    /** Slurm itself holds a suspended job that is put back into the queue, or one whose node is lost while it is launched. */
    void releaseHeldJobs() throws IOException, InterruptedException {
        for (String id : waitingFor("JobHeldUser")) {
            commands.run("scontrol", "release", id);
        }
        for (String reason : HELD_BY_SLURM) {
            for (String id : waitingFor(reason)) {
                commands.askRoot("release " + id + " 0");
            }
        }
    }

    /** Slurm itself would let them wait for two minutes. */
    void startRequeuedJobs() throws IOException, InterruptedException {
        for (String id : waitingFor("BeginTime")) {
            commands.run("scontrol", "update", "jobid=" + id, "StartTime=now");
        }
    }

    private List<String> waitingFor(String reason) throws IOException, InterruptedException {
        Commands.Answer answer = commands.run("squeue", "--me", "-h", "-t", "PD", "-o", "%i %r");
        return !answer.accepted()
                ? List.of()
                : answer.text()
                        .lines()
                        .filter(line -> line.endsWith(" " + reason))
                        .map(line -> line.split(" ")[0])
                        .toList();
    }
}
