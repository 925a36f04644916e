package io.jenkins.plugins.slurmapptainer.soak;

import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** One job over all lives of the controller: what is saved, what was told, what was done to it. */
final class SoakJob {
    /** What may be done to a job. */
    enum Fault {
        REQUEUED,
        CANCELLED,
        CANCELLED_BY_BUILD,
        HELD,
        MOVED,
        SUSPENDED
    }

    final int number;
    final Behaviour behaviour;
    final boolean inImage;
    final boolean mayRequeue;
    final String wrapper;
    final Path truth;
    final JobPlan plan;
    final List<String> history = new CopyOnWriteArrayList<>();
    /** When each kind was last done, in seconds since 1970. */
    final Map<Fault, Double> faults = new EnumMap<>(Fault.class);

    private byte[] saved;
    private byte[] output = {};
    private long offset;
    private int ends;
    private Outcome outcome;
    private Throwable failure;
    private int runTold = -1;
    private double toldAt;
    private volatile SoakClient host;

    SoakJob(
            int number,
            Behaviour behaviour,
            boolean inImage,
            boolean mayRequeue,
            String wrapper,
            Path truth,
            JobPlan plan) {
        this.number = number;
        this.behaviour = behaviour;
        this.inImage = inImage;
        this.mayRequeue = mayRequeue;
        this.wrapper = wrapper;
        this.truth = truth;
        this.plan = plan;
    }

    static double now() {
        return System.currentTimeMillis() / 1000.0;
    }

    void note(String what) {
        history.add(String.format(java.util.Locale.ROOT, "%.3f %s", now(), what));
    }

    synchronized void fault(Fault fault) {
        faults.put(fault, now());
    }

    /** A controller crash leaves what was saved last, not what is in memory. */
    synchronized void save(JobRecord record) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(record);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        saved = bytes.toByteArray();
    }

    /** The record for the controller's next life. */
    synchronized JobRecord restored() throws IOException, ClassNotFoundException {
        // A crash between a piece and its offset: the piece comes again.
        output = Arrays.copyOf(output, (int) Math.min(output.length, offset));
        return (JobRecord) new ObjectInputStream(new ByteArrayInputStream(saved)).readObject();
    }

    synchronized void offset(long shown) {
        offset = shown;
    }

    synchronized long offset() {
        return offset;
    }

    void host(SoakClient next) {
        host = next;
    }

    SoakClient host() {
        return host;
    }

    synchronized void output(byte[] piece, int length) {
        output = Arrays.copyOf(output, output.length + length);
        System.arraycopy(piece, 0, output, output.length - length, length);
    }

    synchronized byte[] output() {
        return output.clone();
    }

    synchronized void ended(Outcome result) {
        ends++;
        outcome = result;
        toldAt = now();
        try {
            runTold = Truth.of(truth).runs().size() - 1;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        note("told: " + result);
    }

    synchronized void failed(Throwable cause) {
        failure = cause;
        note("failed: " + cause);
    }

    synchronized boolean isOver() {
        return ends > 0 || failure != null;
    }

    synchronized int ends() {
        return ends;
    }

    synchronized Outcome outcome() {
        return outcome;
    }

    synchronized Throwable failure() {
        return failure;
    }

    /** The last run that had begun when the outcome was told, from 0; -1 for none. */
    synchronized int runTold() {
        return runTold;
    }

    synchronized double toldAt() {
        return toldAt;
    }

    synchronized double faultAt(Fault fault) {
        return faults.getOrDefault(fault, 0.0);
    }
}
