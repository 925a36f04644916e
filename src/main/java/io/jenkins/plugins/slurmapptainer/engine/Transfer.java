package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.function.Consumer;

/** Files on their way between a head node and a workspace elsewhere, with progress. */
final class Transfer {
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final HeadNode headNode;
    private final RemoteWorkspace workspace;
    private final Consumer<String> lines;

    Transfer(HeadNode headNode, RemoteWorkspace workspace, Consumer<String> lines) {
        this.headNode = headNode;
        this.workspace = workspace;
        this.lines = lines;
    }

    /** Puts the files of the workspace into the job's directory. */
    StageAnswer stage(StageRequest request) throws IOException, InterruptedException {
        if (request.checksums()) {
            throw new InvalidRequestException(
                    "checksums",
                    "files are compared on a head node only, and the workspace is on another machine; leave it out,"
                            + " or run the step on a head node");
        }
        // Creates the directory, without a file.
        StageAnswer empty =
                headNode.stage(new StageRequest(request.directory(), request.sharedDirectory(), "", new ArrayList<>()));
        if (request.patterns().isEmpty()) {
            return empty;
        }
        Selection selection =
                workspace.select(request.patterns(), request.directory().files());
        selection.exports().addAll(empty.exports());
        ReceiveRequest receive = new ReceiveRequest(
                request.directory().files(), true, selection.names().size(), selection.bytes());
        headNode.receive(
                receive, out -> workspace.send(selection.names(), new Progress("Staging", selection.bytes(), out)));
        return new StageAnswer(
                request.directory().files(),
                selection.exports(),
                selection.names().size(),
                selection.bytes(),
                true,
                selection.notes());
    }

    /** Puts files of the job's working directory into the workspace. */
    void fetch(String workingDirectory, ArrayList<String> names, long bytes) throws IOException, InterruptedException {
        workspace.receive(
                names.size(),
                bytes,
                out -> headNode.send(
                        new SendRequest(workingDirectory, names), new Progress("Copying outputs", bytes, out)));
    }

    /** Counts what goes by. */
    private final class Progress extends FilterOutputStream {
        private final String what;
        private final long all;
        private final long begin = System.nanoTime();
        private long told = begin;
        private long bytes;

        Progress(String what, long all, OutputStream out) {
            super(out);
            this.what = what;
            this.all = all;
        }

        @Override
        public void write(byte[] piece, int from, int length) throws IOException {
            out.write(piece, from, length);
            bytes += length;
            long now = System.nanoTime();
            if (now - told >= EVERY_NANOS) {
                told = now;
                long rate = (long) (bytes / ((now - begin) / 1e9));
                lines.accept(what + " between agents: " + ByteText.of(Math.min(bytes, all)) + " of " + ByteText.of(all)
                        + ", " + ByteText.of(rate) + "/s");
            }
        }
    }
}
