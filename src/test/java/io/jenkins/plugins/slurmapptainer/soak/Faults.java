package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.soak.SoakJob.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Everything that goes wrong, one thing after the other, at random. */
final class Faults implements Runnable {
    private final Soak soak;
    private final Commands commands;
    private final Random random;
    private final Remedies remedies;
    private final Map<String, Integer> counts = new TreeMap<>();
    private final List<double[]> nodeDowns = new ArrayList<>();
    private volatile boolean enough;

    Faults(Soak soak, Commands commands, Random random) {
        this.soak = soak;
        this.commands = commands;
        this.random = random;
        this.remedies = new Remedies(commands);
    }

    void enough() {
        enough = true;
    }

    synchronized String counts() {
        return counts.toString();
    }

    /** Whether a node was taken down between two moments, in seconds since 1970. */
    synchronized boolean nodeWasDown(double from, double to) {
        return nodeDowns.stream().anyMatch(down -> down[0] <= to && down[1] >= from);
    }

    @Override
    public void run() {
        try {
            while (!enough) {
                Thread.sleep(200 + random.nextInt(800));
                one(random.nextInt(100));
                remedies.startRequeuedJobs();
            }
            while (true) {
                Thread.sleep(2000);
                remedies.startRequeuedJobs();
                remedies.releaseHeldJobs();
            }
        } catch (InterruptedException e) {
            // The end of the test.
        } catch (IOException | ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private void one(int dice) throws IOException, InterruptedException, ClassNotFoundException {
        if (dice < 22) {
            slurm(
                    job -> job.mayRequeue && job.host().record().startedAttempt() >= 0,
                    Fault.REQUEUED,
                    "scontrol",
                    "requeue");
        } else if (dice < 34) {
            slurm(job -> true, Fault.CANCELLED, "scancel");
        } else if (dice < 40) {
            SoakJob job = any(candidate -> true);
            if (job != null) {
                job.fault(Fault.CANCELLED_BY_BUILD);
                job.note("fault: cancelled by the build");
                count("cancel by build");
                job.host().cancel();
            }
        } else if (dice < 52) {
            slurm(job -> job.host().record().startedAttempt() < 0, Fault.HELD, "scontrol", "uhold");
        } else if (dice < 62) {
            SoakJob job = any(candidate -> candidate.host().record().startedAttempt() >= 0);
            if (job != null) {
                job.fault(Fault.SUSPENDED);
                root("suspend " + id(job) + " " + (1 + random.nextInt(6)), job);
            }
        } else if (dice < 65) {
            root("restart-slurmctld " + (1 + random.nextInt(12)), null);
        } else if (dice < 68) {
            root("freeze-slurmctld " + (1 + random.nextInt(14)), null);
        } else if (dice < 75) {
            int seconds = 1 + random.nextInt(6);
            synchronized (this) {
                double now = SoakJob.now();
                nodeDowns.add(new double[] {now, now + seconds + 30});
            }
            root("node-down n" + (1 + random.nextInt(2)) + " " + seconds, null);
        } else if (dice < 82) {
            count("controller restart");
            soak.restart();
        } else if (dice < 92) {
            remedies.releaseHeldJobs();
        }
    }

    private void slurm(Predicate<SoakJob> which, Fault fault, String... command)
            throws IOException, InterruptedException {
        SoakJob job = any(which);
        if (job == null) {
            return;
        }
        List<String> argv = new ArrayList<>(List.of(command));
        argv.add(id(job));
        Commands.Answer answer = commands.run(argv.toArray(String[]::new));
        job.note("fault: " + String.join(" ", argv) + " → " + (answer.accepted() ? "done" : answer.text()));
        if (answer.accepted() || !answer.clear()) {
            job.fault(fault);
            count(String.join(" ", command));
        }
    }

    private void root(String words, SoakJob job) throws IOException {
        count(words.split(" ")[0]);
        if (job == null) {
            soak.note("fault: " + words);
        } else {
            job.note("fault: " + words);
        }
        commands.askRoot(words);
    }

    private SoakJob any(Predicate<SoakJob> which) {
        List<SoakJob> jobs = soak.running().stream()
                .filter(job -> !job.host().record().jobId().isEmpty())
                .filter(which)
                .toList();
        return jobs.isEmpty() ? null : jobs.get(random.nextInt(jobs.size()));
    }

    private static String id(SoakJob job) {
        return job.host().record().jobId();
    }

    private synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
