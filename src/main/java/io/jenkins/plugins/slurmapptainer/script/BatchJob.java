package io.jenkins.plugins.slurmapptainer.script;

import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.util.List;
import java.util.Optional;

/**
 * Everything that the batch script is made of.
 *
 * @param directory where the job's own files are
 * @param directories where the attached files are and where the program runs
 * @param directives what is requested from Slurm
 * @param exports variables that name the attached files
 * @param variables names of the build's variables; their values are in {@link JobDirectory#environment()}
 * @param image the image, or none to run on the host
 * @param program the program that runs the image on the compute nodes
 * @param script the user's script
 * @param home which home directory the program has
 * @param launch how the script is started
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
        Home home,
        Launch launch) {

    public BatchJob {
        exports = List.copyOf(exports);
        variables = List.copyOf(variables);
    }
}
