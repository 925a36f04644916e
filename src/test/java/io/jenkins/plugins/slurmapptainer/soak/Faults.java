package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import io.jenkins.plugins.slurmapptainer.soak.SoakJob.Fault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Everything that goes wrong, one thing after the other. Which, when and for how long comes from the seed. */
final class Faults implements Runnable {
    /** One of each kind first, before chance decides. */
    private static final List<Integer> FIRST = List.of(40, 90, 95, 0, 20, 31, 48, 58, 61, 64, 67, 72, 74, 76);

    private final Soak soak;
    private final Operator operator;
    private final Draws draws;
    private final boolean kills;
    private final Remedies remedies;
    private final Map<String, Integer> counts = new TreeMap<>();
    private volatile boolean enough;

    /** @param kills whether to kill {@code slurmctld}, too, which then forgets its last seconds */
    Faults(Soak soak, Operator operator, Draws draws, boolean kills) {
        this.kills = kills;
        this.soak = soak;
        this.operator = operator;
        this.draws = draws;
        remedies = new Remedies(operator);
    }

    void enough() {
        enough = true;
    }

    synchronized String counts() {
        return counts.toString();
    }

    @Override
    public void run() {
        try {
            for (int number = 0; !enough; number++) {
                RandomGenerator random = draws.of("fault", number);
                Thread.sleep(200 + random.nextInt(800));
                one(number < FIRST.size() ? FIRST.get(number) : random.nextInt(100), random);
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

    /** @param dice decides on the kind, from 0 to 99 */
    private void one(int dice, RandomGenerator random)
            throws IOException, InterruptedException, ClassNotFoundException {
        double whom = random.nextDouble();
        int seconds = 1 + random.nextInt(12);
        String node = " n" + (1 + random.nextInt(2)) + " ";
        if (dice < 20) {
            slurm(job -> job.mayRequeue && started(job), whom, Fault.REQUEUED, "scontrol", "requeue");
        } else if (dice < 31) {
            slurm(job -> true, whom, Fault.CANCELLED, "scancel");
        } else if (dice < 37) {
            SoakJob job = any(candidate -> true, whom);
            if (job != null) {
                job.fault(Fault.CANCELLED_BY_BUILD);
                job.note("fault: cancelled by the build");
                count("cancel by build");
                job.host().cancel();
            }
        } else if (dice < 48) {
            slurm(job -> !started(job), whom, Fault.HELD, "scontrol", "uhold");
        } else if (dice < 58) {
            SoakJob job = any(Faults::started, whom);
            if (job != null) {
                job.fault(Fault.SUSPENDED);
                String words = "suspend " + id(job) + " " + seconds / 2;
                job.note("fault: " + words);
                root(words);
            }
        } else if (dice < 61) {
            root("restart-slurmctld " + seconds);
        } else if (dice < 64) {
            root((kills ? "kill" : "restart") + "-slurmctld " + seconds / 3);
        } else if (dice < 67) {
            root("freeze-slurmctld " + seconds);
        } else if (dice < 72) {
            root("node-down" + node + (1 + seconds / 2));
        } else if (dice < 74) {
            root("crash-node" + node + seconds / 2);
        } else if (dice < 76) {
            root("kill-slurmd" + node + seconds / 2);
        } else if (dice < 83) {
            count("controller restart");
            soak.restart(random.nextInt(3000));
        } else if (dice < 90) {
            remedies.releaseHeldJobs();
        } else if (dice < 93) {
            root("partition-down group1 " + (1 + seconds / 2));
        } else if (dice < 98) {
            slurm(job -> !started(job), whom, Fault.MOVED, "scontrol", "update", "Partition=debug", "JobId=");
        }
    }

    private static boolean started(SoakJob job) {
        return job.host().record().startedAttempt() >= 0;
    }

    private void slurm(Predicate<SoakJob> which, double whom, Fault fault, String... command)
            throws IOException, InterruptedException {
        SoakJob job = any(which, whom);
        if (job == null) {
            return;
        }
        List<String> argv = new ArrayList<>(List.of(command));
        if (argv.get(argv.size() - 1).endsWith("=")) {
            argv.set(argv.size() - 1, argv.get(argv.size() - 1) + id(job));
        } else {
            argv.add(id(job));
        }
        SoakJob holder = holder(job);
        Commands.Answer answer = Commands.run(argv.toArray(String[]::new));
        holder.note("fault: " + String.join(" ", argv) + " → " + (answer.accepted() ? "done" : answer.text()));
        if (answer.accepted() || !answer.clear()) {
            holder.fault(fault);
            count(String.join(" ", command).replaceFirst(" [A-Za-z]+=$", ""));
        }
    }

    /** Whom a command about a job's id reaches: a {@code slurmctld} that is killed gives the ids of its last seconds away again. */
    private SoakJob holder(SoakJob job) {
        return soak.running().stream()
                .filter(other -> id(other).equals(id(job)))
                .max(Comparator.comparingLong(other -> other.host().record().submitted()))
                .orElse(job);
    }

    private void root(String words) throws IOException {
        count(words.split(" ")[0]);
        operator.begin(words);
    }

    /** @param whom from 0 to 1, which of those that fit */
    private SoakJob any(Predicate<SoakJob> which, double whom) {
        List<SoakJob> jobs = soak.running().stream()
                .filter(job -> !job.host().record().jobId().isEmpty())
                .filter(which)
                .toList();
        return jobs.isEmpty() ? null : jobs.get((int) (whom * jobs.size()));
    }

    private static String id(SoakJob job) {
        return job.host().record().jobId();
    }

    private synchronized void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }
}
