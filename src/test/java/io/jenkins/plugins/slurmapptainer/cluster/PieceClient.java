package io.jenkins.plugins.slurmapptainer.cluster;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobLifecycle;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Keeps of the output only what can be checked: number, checksum, size of the pieces and the end. */
final class PieceClient extends DelegatingClient {
    private static final int END = 200;

    private final MessageDigest digest;
    private byte[] end = {};
    private long hashed;
    private long hashLimit = Long.MAX_VALUE;
    private long bytes;
    private int largest;
    private boolean utf8 = true;

    PieceClient(JobPlan plan) throws Exception {
        super(new RecordingClient(plan));
        digest = MessageDigest.getInstance("SHA-256");
        hashLimit = 100_000_001L;
    }

    RecordingClient run(RealCluster cluster) throws InterruptedException {
        JobLifecycle run = cluster.engine().job(cluster.newRecord(), this, cluster.headNodes());
        recording().job(run);
        run.begin();
        // A hundred megabytes take their time where all processors are busy.
        return recording().await(Duration.ofMinutes(4));
    }

    synchronized long bytes() {
        return bytes;
    }

    synchronized int largest() {
        return largest;
    }

    synchronized boolean allUtf8() {
        return utf8;
    }

    /** The checksum of the first bytes. */
    synchronized byte[] digestOf(long number) {
        if (hashed != number) {
            throw new AssertionError(hashed + " bytes instead of " + number);
        }
        return digest.digest();
    }

    /** What stands behind the last long line. */
    synchronized List<String> lastLines() {
        List<String> lines = new String(end, StandardCharsets.UTF_8).lines().toList();
        return lines.subList(Math.max(0, lines.size() - 2), lines.size());
    }

    @Override
    public synchronized void output(byte[] piece, int length) {
        int toHash = (int) Math.min(length, hashLimit - hashed);
        digest.update(piece, 0, toHash);
        hashed += toHash;
        bytes += length;
        largest = Math.max(largest, length);
        byte[] both = Arrays.copyOf(end, end.length + length);
        System.arraycopy(piece, 0, both, end.length, length);
        end = Arrays.copyOfRange(both, Math.max(0, both.length - END), both.length);
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(piece, 0, length));
        } catch (CharacterCodingException e) {
            utf8 = false;
        }
    }
}
