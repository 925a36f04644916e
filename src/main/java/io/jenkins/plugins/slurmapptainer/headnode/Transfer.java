package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.ByteText;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Moves files between a head node and a workspace on another machine, and shows the progress. For one thread at a time.
 */
public final class Transfer {
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final HeadNode headNode;
    private final RemoteWorkspace workspace;
    private final Consumer<String> lines;

    public Transfer(HeadNode headNode, RemoteWorkspace workspace, Consumer<String> lines) {
        this.headNode = headNode;
        this.workspace = workspace;
        this.lines = lines;
    }

    /** Copies files of the workspace into the job's directory. */
    public StageAnswer stage(StageRequest request) throws IOException, InterruptedException {
        if (request.checksums()) {
            throw new InvalidRequestException(
                    "checksums",
                    "files are compared on a head node only, and the workspace is on another machine; leave it out,"
                            + " or run the step on a head node");
        }
        // Creates the directory without files.
        StageAnswer empty = headNode.stage(request.withoutFiles());
        if (request.patterns().isEmpty()) {
            return empty;
        }
        Selection selection =
                workspace.select(request.patterns(), request.directory().files());
        selection.exports().addAll(empty.exports());
        ReceiveRequest receive = new ReceiveRequest(
                request.directory().files(), true, selection.names().size(), selection.bytes());
        List<String> problems = new ArrayList<>();
        ReceiveAnswer arrived = headNode.receive(
                receive,
                out -> problems.addAll(workspace.send(
                        selection.names(), selection.bytes(), new Progress("Staging", selection.bytes(), out))));
        problems.addAll(arrived.problems());
        if (!problems.isEmpty()) {
            headNode.collect(CollectRequest.cleanUp(request.directory(), CollectRequest.Afterwards.REMOVE));
            throw new InvalidRequestException("files", String.join("; ", problems));
        }
        if (arrived.files().size() != selection.names().size()) {
            throw new IOException("only " + arrived.files().size() + " of "
                    + selection.names().size() + " files arrived");
        }
        return new StageAnswer(
                request.directory().files(),
                selection.exports(),
                selection.names().size(),
                selection.bytes(),
                true,
                selection.notes());
    }

    /**
     * Copies files of the job's working directory into the workspace.
     *
     * @param request the request whose files were found
     * @param found the files that the head node has found
     * @return the files that are in the workspace now
     */
    public CollectAnswer fetch(CollectRequest request, CollectAnswer found) throws IOException, InterruptedException {
        List<String> problems = new ArrayList<>(found.problems());
        ReceiveAnswer arrived = workspace.receive(
                found.files().size(),
                found.bytes(),
                out -> problems.addAll(headNode.send(
                        new SendRequest(request.workingDirectory(), found.files(), found.bytes(), request.fence()),
                        new Progress("Copying outputs", found.bytes(), out))));
        problems.addAll(arrived.problems());
        if (problems.isEmpty() && arrived.files().size() != found.files().size()) {
            throw new IOException(
                    "only " + arrived.files().size() + " of " + found.files().size() + " files arrived");
        }
        return CollectAnswer.of(arrived.files(), arrived.bytes(), problems)
                .withMissing(found.missing())
                .withNotes(found.notes());
    }

    /** Counts the bytes that pass. */
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
