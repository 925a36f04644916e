package io.jenkins.plugins.slurmapptainer.fuzz;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Gives readers inputs that were made at random, one reader after the other, until the time is over. Each input must be read or
 * refused, with an exception of the reader's, in no time: {@link #MAX_NANOS} of the processor for {@link Mutator#MAX_BYTES}.
 */
final class Fuzzer {
    /** Of the thread's own time: the machine may be busy. What is linear takes some milliseconds. */
    private static final long MAX_NANOS = TimeUnit.SECONDS.toNanos(2);

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final long seed;
    private final List<String> failures = new ArrayList<>();

    Fuzzer(long seed) {
        this.seed = seed;
    }

    /** Inputs that were neither read nor refused. */
    List<String> failures() {
        return failures;
    }

    /** @return a line about it */
    String run(FuzzTarget target, long millis) {
        Mutator mutator = new Mutator(new Random(seed ^ target.name().hashCode()));
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        long inputs = 0;
        long refused = 0;
        long bytes = 0;
        long slowest = 0;
        int before = failures.size();
        while (inputs == 0 || System.nanoTime() < end && failures.size() - before < 5) {
            byte[] input = inputs < target.samples().size()
                    ? target.samples().get((int) inputs)
                    : mutator.next(target.samples());
            inputs++;
            bytes += input.length;
            long begin = THREADS.getCurrentThreadCpuTime();
            try {
                target.reader().read(input);
            } catch (Throwable e) {
                refused++;
                if (!target.refuses(e)) {
                    failed(target, inputs, input, e.toString(), e);
                }
            }
            long nanos = THREADS.getCurrentThreadCpuTime() - begin;
            slowest = Math.max(slowest, nanos);
            if (nanos > MAX_NANOS) {
                failed(target, inputs, input, "took " + nanos / 1_000_000 + " ms", null);
            }
        }
        return String.format(
                "%-12s %,10d inputs, %,6d MB, %3d %% refused, slowest %,5d ms%s",
                target.name(),
                inputs,
                bytes / 1_000_000,
                100 * refused / inputs,
                slowest / 1_000_000,
                failures.size() > before ? ", FAILED" : "");
    }

    private void failed(FuzzTarget target, long number, byte[] input, String why, Throwable trouble) {
        StackTraceElement[] trace = trouble == null ? new StackTraceElement[0] : trouble.getStackTrace();
        failures.add(target.name() + ", seed " + seed + ", input " + number + ": " + why
                + (trace.length == 0 ? "" : " at " + trace[0]) + "\n  " + Mutator.shown(input));
    }

    /**
     * Runs all readers.
     *
     * @param arguments seconds for all together, seed, and a folder for inputs that failed
     */
    public static void main(String[] arguments) throws Exception {
        long seconds = Long.parseLong(arguments[0]);
        Fuzzer fuzzer = new Fuzzer(Long.parseLong(arguments[1]));
        List<FuzzTarget> targets = FuzzTargets.all();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (int i = 0; i < targets.size(); i++) {
            long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
            System.out.println(fuzzer.run(targets.get(i), left / (targets.size() - i)));
        }
        for (String failure : fuzzer.failures()) {
            System.out.println("FAILED: " + failure);
        }
        if (!fuzzer.failures().isEmpty()) {
            Files.write(Path.of(arguments[2]), fuzzer.failures());
            System.exit(1);
        }
    }
}
