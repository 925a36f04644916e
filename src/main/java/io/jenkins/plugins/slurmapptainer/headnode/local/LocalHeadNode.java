package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.headnode.ReturnedOutput;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Printable;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * The head node on this machine. Between calls it keeps the lists of watched jobs ({@link WatchLists}). Safe for
 * several threads.
 */
public final class LocalHeadNode implements HeadNode {
    private static final Logger LOGGER = Logger.getLogger(LocalHeadNode.class.getName());
    private static final Duration REMOVAL_LIMIT = Duration.ofSeconds(60);

    private final CommandRunner commands;

    /** Uses Slurm's commands on the {@code PATH}. */
    public LocalHeadNode() {
        this(SlurmAccess.ON_PATH);
    }

    public LocalHeadNode(SlurmAccess access) {
        this(new ProcessRunner(access));
    }

    LocalHeadNode(CommandRunner commands) {
        this.commands = commands;
    }

    @Override
    public StageAnswer stage(StageRequest request) throws IOException, InterruptedException {
        return stage(request, line -> {});
    }

    @Override
    public StageAnswer stage(StageRequest request, Consumer<String> progress) throws IOException, InterruptedException {
        if (!Files.isDirectory(Path.of(request.sharedDirectory()))) {
            throw new InvalidRequestException(
                    "sharedDirectory",
                    request.sharedDirectory()
                            + " is not a directory on the head node; create it or correct the cluster's"
                            + " configuration");
        }
        try {
            ControllerDirectory.prepare(request.directory().root());
            new JobStore(request.directory().root())
                    .createDirectory(request.directory().path());
            StageAnswer answer = new FileStaging(request, progress).stage();
            checkOutputs(request, answer);
            return answer;
        } catch (ClosedByInterruptException e) {
            throw FileTrouble.interrupted();
        } catch (IOException e) {
            if (DiskSpace.isFull(e)) {
                throw new InvalidRequestException(
                        "files", DiskSpace.words(e, Path.of(request.sharedDirectory())) + "; " + DiskSpace.REMEDY);
            }
            if (!(e instanceof FileSystemException) || FileTrouble.isPassing(e)) {
                throw e;
            }
            throw new InvalidRequestException(
                    "files", "cannot be put into " + request.directory().path() + ": " + Printable.of(e.toString()));
        }
    }

    /**
     * Checks what is visible here. Compute nodes may have a directory that is not visible here, and links may change
     * until the job ends.
     */
    private static void checkOutputs(StageRequest request, StageAnswer staged) throws IOException {
        if (request.outputs().isEmpty()) {
            return;
        }
        String workspace = staged.copied() ? "" : staged.workingDirectory();
        try {
            OutputDirectory.open(request.outputs(), new OutputFence(request.directory(), workspace, request.roots()))
                    .close();
        } catch (OutputDirectory.OutsideException e) {
            throw new InvalidRequestException("outputs", e.getMessage());
        } catch (IOException e) {
            if (FileTrouble.isPassing(e)) {
                throw e;
            }
            LOGGER.log(Level.FINE, e, () -> "no " + request.outputs() + " on the head node yet");
        }
    }

    @Override
    public SubmitAnswer submit(SubmitRequest request) throws IOException, InterruptedException {
        try {
            return request.purpose() == SubmitRequest.Purpose.DRY_RUN
                    ? new DryRun(commands, request).check()
                    : new Submission(commands, request).submit().by(System.getProperty("user.name", ""));
        } catch (IOException e) {
            if (DiskSpace.isFull(e)) {
                // This is not Slurm's refusal: somebody may make room.
                Path shared = Path.of(request.directory().root()).resolveSibling("");
                return SubmitAnswer.notNow("the batch script cannot be written, " + DiskSpace.words(e, shared));
            }
            if (!(e instanceof FileSystemException) || FileTrouble.isPassing(e)) {
                throw e;
            }
            return SubmitAnswer.rejected("the batch script cannot be written: " + Printable.of(e.toString()));
        }
    }

    @Override
    public Observation observe(ObserveRequest request) throws IOException, InterruptedException {
        return new JobObservation(commands, request).observe();
    }

    @Override
    public CancelAnswer cancel(CancelRequest request) throws IOException, InterruptedException {
        return new JobCancellation(commands, request).cancel();
    }

    /** The job may have replaced the file by anything. */
    @Override
    public byte[] returnedOutput(JobDirectory directory) throws IOException, InterruptedException {
        Path file = Path.of(directory.returnedOutput());
        try {
            FileChannel channel = new JobStore(directory.root())
                    .open(file)
                    .orElseThrow(() -> new NoSuchFileException(file.toString()));
            try (InputStream in = Channels.newInputStream(channel)) {
                return in.readNBytes(ReturnedOutput.MAX + 1);
            }
        } catch (ClosedByInterruptException e) {
            throw FileTrouble.interrupted();
        } catch (NoSuchFileException e) {
            throw new IOException("the job's standard output, " + file + ", is not there", e);
        } catch (IOException e) {
            throw new IOException("the job's standard output, " + file + ", cannot be read: " + e.getMessage(), e);
        }
    }

    @Override
    public CollectAnswer collect(CollectRequest request) throws IOException, InterruptedException {
        CollectAnswer answer = outputs(request);
        if (request.askSpace()) {
            answer = answer.withSpace(DiskSpace.missing(request.directory()));
        }
        JobStore store = new JobStore(request.directory().root());
        Announcements.forget(request.directory());
        answer = withoutVariables(store, request.directory(), answer);
        switch (request.afterwards()) {
            case REMOVE:
                remove(request.directory());
                break;
            case KEEP_SUCCEEDED:
                EndMark.SUCCEEDED.leave(request.directory());
                break;
            case KEEP_FAILED:
                EndMark.FAILED.leave(request.directory());
                break;
            default:
                break;
        }
        return answer;
    }

    /**
     * Removes the build's variables of a job that never started or could have been restarted. If that fails, the sweep
     * tries again.
     */
    private static CollectAnswer withoutVariables(JobStore store, JobDirectory directory, CollectAnswer answer) {
        try {
            store.delete(directory.environment());
            return answer;
        } catch (IOException e) {
            List<String> notes = new ArrayList<>(answer.notes());
            notes.add(directory.environment()
                    + ", which has the values of the build's variables, could not be removed;"
                    + " the next sweep of job directories tries again: " + Printable.of(e.toString()));
            return answer.withNotes(notes);
        }
    }

    private static CollectAnswer outputs(CollectRequest request) throws IOException, InterruptedException {
        try {
            TaskFiles.name(request);
            return new OutputFiles(request).copy();
        } catch (ClosedByInterruptException e) {
            throw FileTrouble.interrupted();
        }
    }

    /** Moves the directory aside and removes it. What a job has made hard to remove is left for the next sweep. */
    private static void remove(JobDirectory directory) throws IOException {
        try {
            SmallFiles.deleteTree(Path.of(directory.path()));
        } catch (IOException e) {
            if (TreeRemoval.setAside(directory)) {
                new TreeRemoval(directory.root(), System.nanoTime() + REMOVAL_LIMIT.toNanos()).removeAll();
            }
        }
    }
}
