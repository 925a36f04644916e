package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.engine.Ghosts;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.realcluster.CountingHeadNode;
import io.jenkins.plugins.slurmapptainer.realcluster.Operator;
import io.jenkins.plugins.slurmapptainer.slurm.QueueEntry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Many jobs of random behaviour under random faults, on the cluster of this machine; then each reported outcome is compared
 * with what the job wrote down itself. {@code make soak} runs this, with the part that needs root beside it.
 *
 * <p>Arguments: the seed, the number of jobs, and 1 if {@code slurmctld} is to be killed, too.
 */
public final class Soak {
    private static final int AT_ONCE = 40;
    /** With so few left, or so long after the last one began, nothing new goes wrong: patience needs peace to come to its end. */
    private static final int FEW = 5;

    private static final long LAST_SECONDS = 60;

    /** A job whose node has crashed runs on in Slurm's books up to its limit, of nine minutes, and up to a minute more. */
    private static final long PATIENCE_SECONDS = 780;

    private static final Duration GHOST_PATIENCE = Duration.ofSeconds(20);

    /** Kept, because loggers are forgotten. A crash makes the engine say much. */
    private static final Logger ENGINE = Logger.getLogger("io.jenkins.plugins.slurmapptainer.engine");

    private final JobMaker maker;
    private final List<SoakJob> jobs = new CopyOnWriteArrayList<>();
    private final CountingHeadNode node = new CountingHeadNode();
    private Life life = new Life(node);

    private Soak(Draws draws, Operator operator) throws IOException {
        maker = new JobMaker(draws, operator);
    }

    public static void main(String[] arguments) throws Exception {
        ENGINE.setLevel(Level.OFF);
        Draws draws = new Draws(Long.parseLong(arguments[0]));
        Operator operator = new Operator();
        Soak soak = new Soak(draws, operator);
        Faults faults = new Faults(soak, operator, draws, arguments[2].equals("1"));
        Thread thread = new Thread(faults, "faults");
        thread.setDaemon(true);
        long begin = System.nanoTime();
        thread.start();
        soak.start(Integer.parseInt(arguments[1]));
        soak.awaitEnds(operator, faults);
        long left = soak.awaitEmptyQueue();
        thread.interrupt();
        double minutes = (System.nanoTime() - begin) / 60e9;
        SlurmLog log = new SlurmLog(Path.of(System.getenv("JOBCOMP")));
        boolean well = new Findings(soak.jobs, new Troubles(operator.events()), log).print(left, System.out);
        System.out.printf(
                "seed %d, %.1f minutes, %d squeue calls (%.1f a minute), %d calls of observe; faults: %s%n",
                draws.seed(),
                minutes,
                soak.node.squeueCalls(),
                soak.node.squeueCalls() / minutes,
                soak.node.observeCalls(),
                faults.counts());
        System.exit(well ? 0 : 1);
    }

    List<SoakJob> running() {
        return jobs.stream().filter(job -> !job.isOver() && job.host() != null).toList();
    }

    private void start(int count) throws IOException, InterruptedException {
        for (int i = 0; i < count; i++) {
            while (running().size() >= AT_ONCE) {
                Thread.sleep(100);
            }
            startOne(i);
            if (i % 20 == 19) {
                System.out.println("… " + (i + 1) + " jobs begun, " + running().size() + " not ended");
            }
        }
    }

    private synchronized void startOne(int number) throws IOException {
        SoakJob job = maker.make(number);
        JobRecord record = maker.record(job);
        job.save(record);
        life.take(job, record);
        jobs.add(job);
    }

    /**
     * A crash and a new start: every job that has not ended goes on from what was saved.
     *
     * @param millis for how long there is no controller
     */
    synchronized void restart(int millis) throws IOException, InterruptedException, ClassNotFoundException {
        List<SoakJob> left = new ArrayList<>();
        life.crash();
        Thread.sleep(millis);
        for (SoakJob job : running()) {
            left.add(job);
        }
        life = new Life(node);
        for (SoakJob job : left) {
            job.note("fault: controller restarted");
            life.take(job, job.restored());
        }
    }

    private void awaitEnds(Operator operator, Faults faults) throws IOException, InterruptedException {
        long now = System.nanoTime();
        long peace = now + LAST_SECONDS * 1_000_000_000;
        long end = now + PATIENCE_SECONDS * 1_000_000_000;
        int shown = -1;
        while ((!running().isEmpty() || !operator.isIdle()) && System.nanoTime() < end) {
            Thread.sleep(500);
            if (running().size() <= FEW || System.nanoTime() > peace) {
                faults.enough();
            }
            if (running().size() != shown) {
                shown = running().size();
                System.out.println("… " + shown + " not ended");
            }
        }
    }

    /**
     * What was put back after its end runs again; what nobody was told about would show itself now. Jobs that have ended and that
     * Slurm takes to be running go as they do in Jenkins, only sooner.
     *
     * @return number of jobs that stay
     */
    private long awaitEmptyQueue() throws IOException, InterruptedException {
        String left = "";
        Ghosts ghosts = new Ghosts(GHOST_PATIENCE, System.out::println);
        for (int i = 0; i < 120; i++) {
            lookFor(ghosts);
            Commands.Answer answer = Commands.run("squeue", "--me", "-h", "-o", "%i %T %r");
            left = answer.text();
            if (answer.accepted() && left.isEmpty()) {
                return 0;
            }
            Thread.sleep(1000);
        }
        System.out.println(left);
        return left.lines().count();
    }

    private void lookFor(Ghosts ghosts) throws IOException, InterruptedException {
        List<QueueEntry> rows = node.observe(ObserveRequest.once(
                        jobs.get(0).host().record().directory().root(), List.of(), true, 0))
                .queue();
        if (rows != null) {
            List<JobRecord> ended = jobs.stream()
                    .filter(SoakJob::isOver)
                    .map(job -> job.host().record())
                    .toList();
            ghosts.look(node, ended, rows, System.nanoTime() / 1_000_000);
        }
    }
}
