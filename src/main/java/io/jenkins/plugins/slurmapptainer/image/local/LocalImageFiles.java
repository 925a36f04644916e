package io.jenkins.plugins.slurmapptainer.image.local;

import io.jenkins.plugins.slurmapptainer.headnode.local.ProcessRunner;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckAnswer;
import io.jenkins.plugins.slurmapptainer.image.ImageCheckRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageFiles;
import io.jenkins.plugins.slurmapptainer.image.ImageScripts;
import io.jenkins.plugins.slurmapptainer.image.PullAnswer;
import io.jenkins.plugins.slurmapptainer.image.PullRequest;
import io.jenkins.plugins.slurmapptainer.image.ScanAnswer;
import io.jenkins.plugins.slurmapptainer.image.ScanRequest;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.util.function.Consumer;

/** The image files that this machine sees. Between calls it keeps only running pulls. Safe for several threads. */
public final class LocalImageFiles implements ImageFiles {
    private final CommandRunner commands;

    public LocalImageFiles() {
        this(new ProcessRunner(SlurmAccess.ON_PATH));
    }

    LocalImageFiles(CommandRunner commands) {
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
    public ImageCheckAnswer check(ImageCheckRequest request) throws InterruptedException {
        return new ImageCheck(request, commands).check();
    }
}
