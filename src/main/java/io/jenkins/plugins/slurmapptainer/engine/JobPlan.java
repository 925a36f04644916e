package io.jenkins.plugins.slurmapptainer.engine;

import io.jenkins.plugins.slurmapptainer.headnode.StageAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.StageRequest;
import io.jenkins.plugins.slurmapptainer.job.BuildVariables;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import io.jenkins.plugins.slurmapptainer.job.VariableNames;
import io.jenkins.plugins.slurmapptainer.job.WorkingDirectory;
import io.jenkins.plugins.slurmapptainer.script.BatchJob;
import io.jenkins.plugins.slurmapptainer.script.BatchScriptRenderer;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.Directories;
import io.jenkins.plugins.slurmapptainer.script.Export;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A request that has passed all checks. It contains everything that is needed to stage, render and submit the job.
 * Immutable.
 *
 * @param sharedDirectory of the cluster
 * @param workspace how the job uses the build's workspace
 * @param directives the options for Slurm
 * @param environment the build's variables for the job
 * @param imageId the catalog's id of the image, empty for none
 * @param image the image, or none
 * @param program the program that runs the image on the compute nodes
 * @param script the user's script
 * @param maxPending how long the job may wait for its start, zero for no limit
 * @param dryRun whether Slurm only checks the job
 * @param workingDirectory where the program runs
 * @param home which home directory the program has
 * @param launch how the script is started
 */
public record JobPlan(
        String sharedDirectory,
        WorkspaceUse workspace,
        Directives directives,
        JobEnvironment environment,
        String imageId,
        Optional<ContainerImage> image,
        ContainerProgram program,
        ScriptText script,
        Duration maxPending,
        boolean dryRun,
        WorkingDirectory workingDirectory,
        Home home,
        Launch launch) {
    /** What Jenkins adds to the path of a workspace for the directory with temporary files of steps. */
    private static final String TEMPORARY = "@tmp";

    /** The same for a workspace that is not on the head nodes. */
    public JobPlan withRemoteWorkspace() {
        return with(workspace.elsewhere(), environment, image);
    }

    /** The same with another image. */
    public JobPlan withImage(ContainerImage other) {
        return with(workspace, environment, Optional.of(other));
    }

    /**
     * The same with the build variables that every job of the cluster gets. Names of attached files win over these.
     *
     * @param build the build's variables without secret ones
     */
    public JobPlan withVariables(BuildVariables variables, Map<String, String> build) {
        Set<String> names = workspace.files().stream()
                .flatMap(file -> VariableNames.shortName(file.name()).stream())
                .collect(Collectors.toSet());
        return with(workspace, environment.withOpen(variables.of(build, names)), image);
    }

    private JobPlan with(WorkspaceUse use, JobEnvironment variables, Optional<ContainerImage> container) {
        return new JobPlan(
                sharedDirectory,
                use,
                directives,
                variables,
                imageId,
                container,
                program,
                script,
                maxPending,
                dryRun,
                workingDirectory,
                home,
                launch);
    }

    StageRequest stageRequest(JobDirectory directory) {
        return new StageRequest(
                directory,
                sharedDirectory,
                workspace.path(),
                new ArrayList<>(workspace.files()),
                workspace.outputs().isEmpty() ? "" : workingDirectory.host(),
                new ArrayList<>(workspace.outputRoots()),
                workspace.checksums());
    }

    /**
     * The directories where the job finds its files and where its program runs.
     *
     * @throws InvalidRequestException when that would be a workspace that the nodes do not see
     */
    Directories directories(JobDirectory directory, StageAnswer staged) {
        String files = staged.workingDirectory();
        switch (workingDirectory.kind()) {
            case JOB:
                return Directories.of(files, directory.files());
            case WORKSPACE:
                if (staged.copied()) {
                    throw new InvalidRequestException(
                            "workingDirectory",
                            "the workspace " + workspace.path() + " is not below the cluster's shared directory "
                                    + sharedDirectory + "; move it there, or attach files");
                }
                return Directories.of(files).with(launch.isForSteps() ? List.of(files + TEMPORARY) : List.of());
            case PATH:
                return new Directories(
                        files, workingDirectory.host(), workingDirectory.inside(), workingDirectory.mount(), List.of());
            default:
                return Directories.of(files);
        }
    }

    String render(JobDirectory directory, StageAnswer staged) {
        List<Export> exports = new ArrayList<>(staged.exports());
        environment.open().forEach((name, value) -> exports.add(new Export(name, value)));
        return BatchScriptRenderer.render(new BatchJob(
                directory,
                directories(directory, staged),
                directives,
                exports,
                environment.names(),
                image,
                program,
                script,
                home,
                launch));
    }

    /**
     * The batch script before anything is staged. Attached files have the paths of their copies. Files that a wildcard
     * finds have no variables yet.
     */
    public String preview(JobDirectory directory) {
        VariableNames names = new VariableNames();
        for (FilePattern file : workspace.files()) {
            String path = directory.files() + "/" + file.pattern();
            if (!file.name().isEmpty()) {
                names.addNamed(file.name(), path);
            } else if (!file.isWild()) {
                names.addOwn(file.pattern(), path);
            }
        }
        ArrayList<Export> exports = new ArrayList<>();
        names.values().forEach((name, path) -> exports.add(new Export(name, path)));
        exports.add(new Export("FILES_DIR", directory.files()));
        return render(directory, new StageAnswer(directory.files(), exports, 0, 0, false));
    }
}
