package io.jenkins.plugins.slurmapptainer.job;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.util.List;

/**
 * The most that one job may request. Slurm's own limits still apply; an administrator of Jenkins can set narrower ones
 * here. {@code null} is no limit.
 *
 * <p>A limit also holds for a job that leaves the option out: the limit becomes its time, its memory, or the most nodes
 * that Slurm may choose.
 *
 * @param nodes the most nodes
 * @param cpus the most CPUs in all, as far as the job requests them
 * @param memory the most memory per node, in the form of {@code --mem}
 * @param time the longest time, in the form of {@code --time}
 * @param gpus the most GPUs in all; 0 for none
 */
public record Limits(
        @CheckForNull Integer nodes,
        @CheckForNull Integer cpus,
        @CheckForNull String memory,
        @CheckForNull String time,
        @CheckForNull Integer gpus) {
    /** No limits: everything that Slurm allows. */
    public static final Limits NONE = new Limits(null, null, null, null, null);

    private static final List<String> MORE_CPUS = List.of(
            "core-spec",
            "cpus-per-gpu",
            "exclusive",
            "mincpus",
            "ntasks-per-gpu",
            "ntasks-per-socket",
            "thread-spec",
            "tres-per-task");
    private static final List<String> MORE_MEMORY = List.of("mem-per-cpu", "mem-per-gpu");
    private static final List<String> MORE_GPUS =
            List.of("gpus-per-node", "gpus-per-socket", "gpus-per-task", "tres-per-task");

    /** @throws InvalidRequestException for a limit that cannot be read */
    public Limits {
        if (memory != null
                && MemorySize.kilobytes(Directive.MEMORY.checkWritten(memory)).isEmpty()) {
            throw new InvalidRequestException("memory", "0 is not a valid limit; leave it empty for no limit");
        }
        if (time != null
                && SlurmDuration.read(Directive.TIME.checkWritten(time)).isEmpty()) {
            throw new InvalidRequestException(
                    "time", "'" + time + "' is not a valid limit; leave it empty for no limit");
        }
        positive("nodes", nodes);
        positive("cpus", cpus);
        if (gpus != null && gpus < 0) {
            throw new InvalidRequestException(
                    "gpus", gpus + " is not a valid limit; write 0 for no GPUs, or leave it empty for no limit");
        }
    }

    private static void positive(String field, @CheckForNull Integer limit) {
        if (limit != null && limit < 1) {
            throw new InvalidRequestException(field, limit + " is not a valid limit; leave it empty for no limit");
        }
    }

    /**
     * Checks a job against these limits.
     *
     * @param cluster for messages
     * @return what the job requests, with limits set for options that it leaves out
     * @throws InvalidRequestException naming the parameter, its value and the limit
     */
    public Directives apply(String cluster, Directives asked) {
        LimitCheck check = new LimitCheck(cluster, asked);
        if (nodes != null) {
            check.atMost(Directive.NODES, AskedResources.maxNodes(asked), nodes, "nodes");
        }
        if (cpus != null) {
            check.refuse(MORE_CPUS, "CPUs", "ntasks and cpusPerTask");
            if (asked.get(Directive.EXCLUSIVE).isPresent()) {
                throw check.invalid(Directive.EXCLUSIVE, "whole nodes may have more than the " + cpus + " CPUs");
            }
            check.atMost(AskedResources.decidesCpus(asked), AskedResources.cpus(asked), cpus, "CPUs");
        }
        if (gpus != null) {
            check.refuse(MORE_GPUS, "GPUs", "gpus");
            check.atMost(
                    asked.get(Directive.GPUS).isPresent() ? Directive.GPUS : Directive.GRES,
                    AskedResources.gpus(asked),
                    gpus,
                    "GPUs");
        }
        return completed(check, asked);
    }

    private Directives completed(LimitCheck check, Directives asked) {
        Directives complete = asked;
        if (memory != null) {
            check.refuse(MORE_MEMORY, "memory", "memory");
            complete = check.atMost(complete, Directive.MEMORY, memory, MemorySize::kilobytes);
        }
        if (time != null) {
            complete = check.atMost(complete, Directive.TIME, time, SlurmDuration::read);
        }
        if (nodes != null && complete.get(Directive.NODES).isEmpty()) {
            // Slurm takes as many nodes of a range as it can, unless it is told to take as few as possible.
            complete = complete.with(Directive.NODES, nodes == 1 ? "1" : "1-" + nodes);
            complete = nodes == 1 ? complete : complete.with("--use-min-nodes");
        }
        return complete;
    }
}
