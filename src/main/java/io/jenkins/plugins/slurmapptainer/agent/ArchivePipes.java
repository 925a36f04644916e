package io.jenkins.plugins.slurmapptainer.agent;

import hudson.model.Computer;
import hudson.remoting.LocalChannel;
import hudson.remoting.Pipe;
import io.jenkins.plugins.slurmapptainer.headnode.ArchiveSource;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.headnode.local.FileArchive;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.time.Duration;
import java.util.ArrayList;
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

    /**
     * Makes the agent send files, and passes them on.
     *
     * @return what is wrong with the files that were not sent
     */
    ArrayList<String> send(SendRequest request, OutputStream to) throws IOException, InterruptedException {
        if (agent.channel() instanceof LocalChannel) {
            return FileArchive.write(request, to);
        }
        Pipe pipe = Pipe.createRemoteToLocal();
        return agent.call(new ArchiveCalls.Send(request, pipe), LIMIT, () -> {
            try (InputStream in = pipe.getIn()) {
                in.transferTo(to);
            }
        });
    }

    /**
     * Makes the agent receive files from a source.
     *
     * @return what has arrived
     */
    ReceiveAnswer receive(ReceiveRequest request, ArchiveSource source) throws IOException, InterruptedException {
        if (agent.channel() instanceof LocalChannel) {
            return receiveHere(request, source);
        }
        Pipe pipe = Pipe.createLocalToRemote();
        return agent.call(new ArchiveCalls.Receive(request, pipe), LIMIT, () -> {
            try (OutputStream out = pipe.getOut()) {
                source.writeTo(out);
            }
        });
    }

    /** Receives files on the controller itself. A remoting pipe works only between two machines. */
    private static ReceiveAnswer receiveHere(ReceiveRequest request, ArchiveSource source)
            throws IOException, InterruptedException {
        PipedInputStream in = new PipedInputStream(PIECE);
        Future<ReceiveAnswer> reader;
        try (PipedOutputStream out = new PipedOutputStream(in)) {
            reader = Computer.threadPoolForRemoting.submit(() -> {
                try (in) {
                    return FileArchive.read(request, in);
                }
            });
            source.writeTo(out);
        }
        try {
            return reader.get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException(String.valueOf(e.getMessage()), e);
        }
    }
}
