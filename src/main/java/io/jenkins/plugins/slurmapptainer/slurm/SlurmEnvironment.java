package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment of every Slurm command: what would change its behaviour is removed ({@code SBATCH_*},
 * {@code SQUEUE_*}, {@code SLURM_*} and so on; man pages of 22.05 to 26.05), what names the site's configuration stays, and
 * the answers come in one language and one time format. A token ({@link SlurmJwt}) is added later, for the cluster that
 * it belongs to; one that the agent has by chance does not count.
 */
public final class SlurmEnvironment {
    private static final Pattern REMOVED = Pattern.compile(
            "(SBATCH|SQUEUE|SACCT|SCANCEL|SCONTROL|SINFO|SALLOC|SRUN|SLURM|SLURMD)_.*|LC_.*|LANG|LANGUAGE");

    /** Where Slurm's commands find the configuration, the controller and, from 25.11 on, their own authentication. */
    private static final Set<String> SITE = Set.of("SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_SACK_SOCKET");

    /** All else that a job gets of the environment of {@code sbatch}. */
    private static final Set<String> SUBMITTED = Set.of("HOME", "LOGNAME", "PATH", "SHELL", "USER");

    private SlurmEnvironment() {}

    /**
     * Changes a process's environment in place.
     *
     * @param command the command's name; a job inherits the environment of {@code sbatch}, which is therefore cut to what
     *     a job needs
     */
    public static void fix(String command, Map<String, String> environment) {
        if (command.equals("sbatch")) {
            environment.keySet().removeIf(name -> !SUBMITTED.contains(name) && !SITE.contains(name));
            return;
        }
        environment
                .keySet()
                .removeIf(name -> !SITE.contains(name) && REMOVED.matcher(name).matches());
        // A list of an array's tasks is then not cut off.
        environment.put("SLURM_BITSTR_LEN", "0");
        environment.put("LC_ALL", "C");
        environment.put("SLURM_TIME_FORMAT", "standard");
    }
}
