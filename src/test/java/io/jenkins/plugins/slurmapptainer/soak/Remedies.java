package io.jenkins.plugins.slurmapptainer.soak;

import java.io.IOException;
import java.util.List;

/** Spares the test the long waits that follow some faults. */
final class Remedies {
    private final Commands commands;

    Remedies(Commands commands) {
        this.commands = commands;
    }

    /** A suspended job that is put back into the queue is held by Slurm itself, so that only root can release it. */
    void releaseHeldJobs() throws IOException, InterruptedException {
        for (String id : waitingFor("JobHeldUser")) {
            commands.run("scontrol", "release", id);
        }
        for (String id : waitingFor("JobHeldAdmin")) {
            commands.askRoot("release " + id + " 0");
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
