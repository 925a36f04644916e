package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Home;
import java.util.List;
import java.util.Optional;

/**
 * Everything that a batch script is rendered from.
 *
 * @param directory where the job's files lie
 * @param directories where the files are and where the program runs
 * @param directives what Slurm is asked for
 * @param exports variables that name the attached files
 * @param variables names of the build's variables; the values are in {@link JobDirectory#environment()}
 * @param image the image, or none to run on the host
 * @param program runs the image on the compute nodes
 * @param script what to run
 * @param home which home directory it has
 */
public record BatchJob(
        JobDirectory directory,
        Directories directories,
        Directives directives,
        List<Export> exports,
        List<String> variables,
        Optional<ContainerImage> image,
        ContainerProgram program,
        ScriptText script,
        Home home) {

    public BatchJob {
        exports = List.copyOf(exports);
        variables = List.copyOf(variables);
    }
}
