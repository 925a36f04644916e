package io.jenkins.plugins.slurmapptainer.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What builds that wait cost the shared file system and the head node's processor: system calls of the process that observes them, and
 * its CPU time. Jobs are as if they were there; see {@link ObservingProcess}.
 */
final class Operations {
    private static final List<Integer> WAITING = List.of(1, 500, 5_000);
    private static final int RUNNING = 100;
    private static final int OBSERVED = 2_000;
    private static final int LINES_A_SECOND = 10;
    private static final long SETTLE_MILLIS = 20_000;
    /** Until then Java compiles what it runs all the time. */
    private static final long COMPILED_MILLIS = 120_000;

    private static final long SILENCE_MILLIS = 75_000;

    private final Report report;
    private final int seconds;

    Operations(Report report, int seconds) {
        this.report = report;
        this.seconds = seconds;
    }

    /** What was seen in a window. */
    private record Seen(double operations, double queries, List<String> kinds) {}

    void measure() throws Exception {
        processor();
        if (!FileOperations.isPossible()) {
            report.note("File operations are left out: strace is not there, or may not be used.");
            return;
        }
        talking();
        List<Callable<Seen>> all = new ArrayList<>();
        WAITING.forEach(builds -> all.add(() -> idle(builds, false)));
        all.add(() -> idle(RUNNING, true));
        report.progress("counting file operations of waiting and silent builds");
        ExecutorService threads = Executors.newCachedThreadPool();
        List<Future<Seen>> answers = new ArrayList<>();
        for (Callable<Seen> each : all) {
            answers.add(threads.submit(each));
        }
        for (int i = 0; i < WAITING.size(); i++) {
            waiting(WAITING.get(i), answers.get(i).get());
        }
        Seen silent = answers.get(WAITING.size()).get();
        threads.shutdown();
        report.row(
                "file operations a second, " + RUNNING + " silent running builds",
                one(silent.operations() / seconds),
                "≤ 50");
        report.progress("of these: " + silent.kinds());
    }

    private void waiting(int builds, Seen seen) {
        double operations = seen.operations() / seconds;
        double queries = seen.queries() * 60 / seconds;
        report.row(
                "file operations a second, " + grouped(builds) + " waiting builds",
                one(operations),
                "≤ 10, the same for any number");
        report.progress("of these: " + seen.kinds());
        report.row(
                "job queries a minute, " + grouped(builds) + " waiting builds, by calls of squeue",
                one(queries),
                "at most 6, the same for any number");
        report.point(Picture.OPERATIONS, "plugin", builds, operations);
        report.point(Picture.QUERIES, "plugin", builds, queries);
    }

    private Seen idle(int builds, boolean running) throws Exception {
        try (ObservingProcess process = new ObservingProcess(builds, running)) {
            if (running) {
                process.startJobs();
            }
            Thread.sleep(running ? SILENCE_MILLIS : SETTLE_MILLIS);
            try (FileOperations operations = new FileOperations(process.pid(), process.shared())) {
                long before = operations.count();
                long asked = process.queries();
                operations.noteThreads(seconds * 1000L);
                return new Seen(operations.count() - before, process.queries() - asked, operations.kinds());
            }
        }
    }

    private void talking() throws Exception {
        report.progress(RUNNING + " builds whose jobs print " + LINES_A_SECOND + " lines a second");
        try (ObservingProcess process = new ObservingProcess(RUNNING, true);
                Talk talk = new Talk(process)) {
            Thread.sleep(SETTLE_MILLIS);
            try (FileOperations operations = new FileOperations(process.pid(), process.shared())) {
                long before = operations.count();
                long printed = talk.lines();
                operations.noteThreads(seconds * 1000L);
                double all = operations.count() - before;
                long lines = talk.lines() - printed;
                report.row(
                        "file operations per printed line, " + RUNNING + " talking builds",
                        String.format(Locale.ROOT, "%.2f (%.0f lines a second)", all / lines, lines * 1.0 / seconds),
                        "≤ 2");
                report.progress("of these: " + operations.kinds());
            }
        }
    }

    private void processor() throws Exception {
        report.progress("CPU time of a process with " + OBSERVED + " waiting builds, and of one with none");
        try (ObservingProcess process = new ObservingProcess(OBSERVED, false);
                ObservingProcess idle = new ObservingProcess(0, false)) {
            Thread.sleep(COMPILED_MILLIS);
            double before = process.cpuSeconds();
            double idleBefore = idle.cpuSeconds();
            Thread.sleep(seconds * 1000L);
            report.row(
                    "agent's CPU, " + grouped(OBSERVED) + " waiting builds",
                    share(process.cpuSeconds() - before),
                    "≤ 0.5 % of a core");
            report.beside("CPU of the same process without builds", share(idle.cpuSeconds() - idleBefore));
        }
    }

    private String share(double cpuSeconds) {
        return String.format(Locale.ROOT, "%.2f %% of a core", cpuSeconds * 100 / seconds);
    }

    private static String one(double figure) {
        return String.format(Locale.ROOT, "%.1f", figure);
    }

    private static String grouped(int number) {
        return number < 1000
                ? String.valueOf(number)
                : number / 1000 + " " + String.format(Locale.ROOT, "%03d", number % 1000);
    }

    /** Has the jobs print, all at the same time, ten times a second. */
    private static final class Talk implements AutoCloseable {
        private final Thread thread;
        private volatile long lines;
        private volatile boolean over;

        Talk(ObservingProcess process) throws Exception {
            process.startJobs();
            thread = new Thread(() -> print(process), "talk");
            thread.start();
        }

        private void print(ObservingProcess process) {
            try {
                for (long next = System.nanoTime(); !over; next += 1_000_000_000L / LINES_A_SECOND) {
                    process.printLines("a line of sixty characters, as programs print them in a loop");
                    lines += RUNNING;
                    Thread.sleep(Math.max(0, (next - System.nanoTime()) / 1_000_000));
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        long lines() {
            return lines;
        }

        @Override
        public void close() throws InterruptedException {
            over = true;
            thread.join();
        }
    }
}
