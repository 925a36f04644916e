package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.engine.local.ProcessRunner;
import io.jenkins.plugins.slurmapptainer.image.CheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.CheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageHost;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.util.function.Consumer;

/** The images that this machine sees. Keeps nothing between calls but the pulls that go on; may be used by several threads. */
public final class LocalImageHost implements ImageHost {
    private final CommandRunner commands;

    public LocalImageHost() {
        this(new ProcessRunner(SlurmAccess.ON_PATH));
    }

    LocalImageHost(CommandRunner commands) {
        this.commands = commands;
    }

    @Override
    public ScanAnswer scan(ScanRequest request, Consumer<String> progress) throws InterruptedException {
        return new ImageScanner(request, commands, progress).scan();
    }

    @Override
    public PullAnswer pull(PullRequest request) {
        return ImagePulls.INSTANCE.ask(request);
    }

    @Override
    public ImageScripts scripts(String path, String apptainer) throws InterruptedException {
        return new ScriptsReader(commands).read(path, apptainer);
    }

    @Override
    public CheckAnswer check(CheckRequest request) throws InterruptedException {
        return new ImageCheck(request, commands).check();
    }
}
