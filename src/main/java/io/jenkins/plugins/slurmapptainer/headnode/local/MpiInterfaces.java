package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import io.jenkins.plugins.slurmapptainer.slurm.MpiList;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmCommands;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;

/** The MPI interfaces that Slurm offers the tasks of jobs, as far as this head node can tell. */
final class MpiInterfaces {
    private static final Logger LOGGER = Logger.getLogger(MpiInterfaces.class.getName());
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private MpiInterfaces() {}

    /** The names that {@code srun --mpi} takes; empty if that cannot be found out here. */
    static List<String> offered(CommandRunner commands) throws InterruptedException {
        try {
            CommandResult result = commands.run(SlurmCommands.mpiInterfaces(), LIMIT);
            return result.timedOut() ? List.of() : MpiList.read(result);
        } catch (IOException e) {
            LOGGER.log(Level.FINE, e, () -> "srun cannot be run on this head node");
            return List.of();
        }
    }

    /**
     * Why a job cannot have an interface, before it waits in the queue for a start that must fail.
     *
     * @param wanted its name, empty for any
     * @return empty if it can, or if that cannot be found out here
     */
    static Optional<String> refusal(CommandRunner commands, String wanted) throws InterruptedException {
        List<String> offered = wanted.isEmpty() ? List.of() : offered(commands);
        return offered.isEmpty() || offered.contains(wanted)
                ? Optional.empty()
                : Optional.of("not called, because 'srun --mpi=list' on the head node offers "
                        + String.join(", ", offered) + ", but not " + wanted
                        + "; write one of these as mpi:, or leave it out for Slurm's default");
    }
}
