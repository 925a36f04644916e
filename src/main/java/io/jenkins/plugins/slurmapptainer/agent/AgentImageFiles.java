package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.RemoteOutputStream;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageFiles;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.function.Consumer;

/** The image files that an agent sees. */
final class AgentImageFiles implements ImageFiles {
    private static final Duration SCAN = Duration.ofHours(3);

    /** Enough for a file of some hundred gigabytes that is read slowly. */
    private static final Duration CHECK = Duration.ofHours(1);

    /** The pull itself goes on after the answer. */
    private static final Duration PULL = Duration.ofSeconds(60);

    private static final Duration SCRIPTS = Duration.ofSeconds(30);

    private final AgentConnection agent;

    AgentImageFiles(AgentConnection agent) {
        this.agent = agent;
    }

    @Override
    public ScanAnswer scan(ScanRequest request, Consumer<String> progress) throws IOException, InterruptedException {
        RemoteOutputStream stream = new RemoteOutputStream(new ProgressLines(progress));
        return agent.call(new ImageCalls.Scan(request, stream), SCAN);
    }

    @Override
    public PullAnswer pull(PullRequest request) throws IOException, InterruptedException {
        return agent.call(new ImageCalls.Pull(request), PULL);
    }

    @Override
    public ImageScripts scripts(String path, String apptainer) throws IOException, InterruptedException {
        return agent.call(new ImageCalls.Scripts(path, apptainer), SCRIPTS);
    }

    @Override
    public ImageCheckAnswer check(ImageCheckRequest request) throws IOException, InterruptedException {
        return agent.call(new ImageCalls.Check(request), CHECK);
    }
}
