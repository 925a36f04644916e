package io.jenkins.plugins.slurmapptainer.slurm;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The environment of every Slurm command. Variables that change its behaviour are removed ({@code SBATCH_*},
 * {@code SQUEUE_*}, {@code SLURM_*} and so on; man pages of 22.05 to 26.05). Variables that name the site's
 * configuration stay. Answers come in one language and one time format. A token ({@link SlurmJwt}) is added later, for
 * the cluster that it belongs to. A token that the agent has by chance is removed.
 */
public final class SlurmEnvironment {
    private static final Pattern REMOVED = Pattern.compile(
            "(SBATCH|SQUEUE|SACCT|SCANCEL|SCONTROL|SINFO|SALLOC|SRUN|SLURM|SLURMD)_.*|LC_.*|LANG|LANGUAGE");

    /**
     * Variables that lead Slurm's commands to the configuration, the controller and, from 25.11 on, their own
     * authentication.
     */
    private static final Set<String> SITE = Set.of("SLURM_CONF", "SLURM_CONF_SERVER", "SLURM_SACK_SOCKET");

    /** The only other variables of {@code sbatch} that a job gets. */
    private static final Set<String> SUBMITTED = Set.of("HOME", "LOGNAME", "PATH", "SHELL", "USER");

    private SlurmEnvironment() {}

    /**
     * Changes a process's environment in place.
     *
     * @param command the command's name; for {@code sbatch}, the environment is reduced to what a job needs, because
     *     jobs inherit it
     */
    public static void fix(String command, Map<String, String> environment) {
        if (command.equals("sbatch")) {
            environment.keySet().removeIf(name -> !SUBMITTED.contains(name) && !SITE.contains(name));
            return;
        }
        environment
                .keySet()
                .removeIf(name -> !SITE.contains(name) && REMOVED.matcher(name).matches());
        // Without this, a list of an array's tasks may be cut off.
        environment.put("SLURM_BITSTR_LEN", "0");
        environment.put("LC_ALL", "C");
        environment.put("SLURM_TIME_FORMAT", "standard");
    }
}
