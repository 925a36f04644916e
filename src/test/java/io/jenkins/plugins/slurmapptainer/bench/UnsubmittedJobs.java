package io.jenkins.plugins.slurmapptainer.bench;

import io.jenkins.plugins.slurmapptainer.headnode.CancelAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CancelRequest;
import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNode;
import io.jenkins.plugins.slurmapptainer.headnode.Observation;
import io.jenkins.plugins.slurmapptainer.headnode.ObserveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SubmitRequest;
import io.jenkins.plugins.slurmapptainer.headnode.local.LocalHeadNode;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmJwt;
import java.io.IOException;
import java.io.PrintStream;
import java.util.HashMap;
import java.util.Map;

/**
 * The plugin's own head node, but for {@code sbatch}: jobs get the ids 1, 2, 3 and so on, and nobody runs them. Each is told to whoever
 * started this process, in a line with its id and its token.
 */
final class UnsubmittedJobs implements HeadNode {
    private final LocalHeadNode local;
    private final PrintStream out;
    private final Map<String, String> ids = new HashMap<>();

    /** @param commands directory with the {@code squeue} that is asked */
    UnsubmittedJobs(String commands, PrintStream out) {
        this.local = new LocalHeadNode(new SlurmAccess(commands, SlurmJwt.NONE));
        this.out = out;
    }

    @Override
    public synchronized SubmitAnswer submit(SubmitRequest request) {
        String token = request.directory().token().value();
        String id = ids.computeIfAbsent(token, key -> String.valueOf(ids.size() + 1));
        out.println("job " + id + " " + token);
        return SubmitAnswer.submitted(id);
    }

    @Override
    public StageAnswer stage(StageRequest request) throws IOException, InterruptedException {
        return local.stage(request);
    }

    @Override
    public Observation observe(ObserveRequest request) throws IOException, InterruptedException {
        return local.observe(request);
    }

    @Override
    public CancelAnswer cancel(CancelRequest request) {
        return CancelAnswer.taken();
    }

    @Override
    public byte[] returnedOutput(JobDirectory directory) throws IOException, InterruptedException {
        return local.returnedOutput(directory);
    }

    @Override
    public CollectAnswer collect(CollectRequest request) throws IOException, InterruptedException {
        return local.collect(request);
    }
}
