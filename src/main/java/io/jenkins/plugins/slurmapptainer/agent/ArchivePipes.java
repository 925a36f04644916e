package io.jenkins.plugins.slurmapptainer.agent;

import hudson.model.Computer;
import hudson.remoting.LocalChannel;
import hudson.remoting.Pipe;
import io.jenkins.plugins.slurmapptainer.engine.ArchiveSource;
import io.jenkins.plugins.slurmapptainer.engine.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.engine.SendRequest;
import io.jenkins.plugins.slurmapptainer.engine.local.FileArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The controller's ends of the streams of files from and to an agent. */
final class ArchivePipes {
    /** Files may be large. */
    private static final Duration LIMIT = Duration.ofHours(6);

    private static final int PIECE = 64 * 1024;

    private final AgentConnection agent;

    ArchivePipes(AgentConnection agent) {
        this.agent = agent;
    }

    /** Has the agent write files, and hands them on. */
    void send(SendRequest request, OutputStream to) throws IOException, InterruptedException {
        if (agent.channel() instanceof LocalChannel) {
            FileArchive.write(request, to);
            return;
        }
        Pipe pipe = Pipe.createRemoteToLocal();
        agent.call(new ArchiveCalls.Send(request, pipe), LIMIT, () -> {
            try (InputStream in = pipe.getIn()) {
                in.transferTo(to);
            }
        });
    }

    /** Has the agent read files that come from a source. */
    void receive(ReceiveRequest request, ArchiveSource source) throws IOException, InterruptedException {
        if (agent.channel() instanceof LocalChannel) {
            receiveHere(request, source);
            return;
        }
        Pipe pipe = Pipe.createLocalToRemote();
        agent.call(new ArchiveCalls.Receive(request, pipe), LIMIT, () -> {
            try (OutputStream out = pipe.getOut()) {
                source.writeTo(out);
            }
        });
    }

    /** The controller itself: a remoting pipe has two ends only when it has travelled. */
    private static void receiveHere(ReceiveRequest request, ArchiveSource source)
            throws IOException, InterruptedException {
        PipedInputStream in = new PipedInputStream(PIECE);
        Future<?> reader;
        try (PipedOutputStream out = new PipedOutputStream(in)) {
            reader = Computer.threadPoolForRemoting.submit(() -> {
                try (in) {
                    FileArchive.read(request, in);
                }
                return null;
            });
            source.writeTo(out);
        }
        try {
            reader.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
