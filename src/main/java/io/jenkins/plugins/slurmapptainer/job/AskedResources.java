package io.jenkins.plugins.slurmapptainer.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** The resources that a job requests when several options together decide them ({@code sbatch(1)}). */
final class AskedResources {
    private static final Set<String> GPUS = Set.of("gpu", "shard", "mps");
    private static final long MPS_OF_A_GPU = 100;

    private AskedResources() {}

    /**
     * The most nodes that the job may get. Without a number this is 1, because Slurm adds nodes only if tasks do not
     * fit.
     */
    static long maxNodes(Directives asked) {
        String nodes = asked.get(Directive.NODES).orElse("1");
        return Long.parseLong(nodes.substring(nodes.indexOf('-') + 1));
    }

    /** CPUs of all tasks. Without a number of tasks, each node has one, or as many as are requested per node. */
    static long cpus(Directives asked) {
        return tasks(asked) * number(asked, Directive.CPUS_PER_TASK);
    }

    /** The parameter to change if these are too many CPUs. */
    static Directive decidesCpus(Directives asked) {
        if (asked.get(Directive.CPUS_PER_TASK).isPresent()) {
            return Directive.CPUS_PER_TASK;
        }
        return asked.get(Directive.NTASKS).isPresent() ? Directive.NTASKS : Directive.NODES;
    }

    private static long tasks(Directives asked) {
        if (asked.get(Directive.NTASKS).isPresent()) {
            return number(asked, Directive.NTASKS);
        }
        String perNode = asked.extra("ntasks-per-node").orElse("1");
        return maxNodes(asked) * (perNode.matches("[0-9]{1,7}") ? Long.parseLong(perNode) : Integer.MAX_VALUE);
    }

    private static long number(Directives asked, Directive directive) {
        return Long.parseLong(asked.get(directive).orElse("1"));
    }

    /**
     * GPUs in all. {@code gpus} counts for the job, {@code gres} for each node. Parts count as the GPUs that they may
     * belong to: a shard is part of one GPU, and 100 units of MPS are usually one whole GPU.
     */
    static long gpus(Directives asked) {
        long perNode = 0;
        long parts = 0;
        for (String resource : asked.get(Directive.GRES).orElse("").split(",")) {
            switch (kind(resource)) {
                case "gpu":
                    perNode += count(resource);
                    break;
                case "shard":
                    parts += Math.max(1, count(resource));
                    break;
                case "mps":
                    parts += Math.max(1, (count(resource) + MPS_OF_A_GPU - 1) / MPS_OF_A_GPU);
                    break;
                default:
            }
        }
        long whole =
                Math.max(asked.get(Directive.GPUS).map(AskedResources::count).orElse(0L), perNode * maxNodes(asked));
        return whole + parts * maxNodes(asked);
    }

    /** Whether a value of {@code --gres} is about GPUs. */
    static boolean namesGpus(String resources) {
        return Arrays.stream(resources.split(",")).anyMatch(AskedResources::isGpu);
    }

    /**
     * Whether an element of {@code --gres} names GPUs or parts of them: {@code gpu}, {@code gpu:2},
     * {@code gres/gpu:a100:2}, {@code shard:4}, {@code mps:50}.
     */
    private static boolean isGpu(String resource) {
        return GPUS.contains(kind(resource));
    }

    private static String kind(String resource) {
        return resource.replaceFirst("^gres[/:]", "").replaceFirst("[:=].*", "").toLowerCase(Locale.ROOT);
    }

    /** The number in an element of {@code --gres}: 1 if there is none, and more than any limit if it has a unit. */
    static long count(String resource) {
        String last = resource.substring(Math.max(resource.lastIndexOf(':'), resource.lastIndexOf('=')) + 1);
        if (last.matches("[0-9]{1,9}")) {
            return Long.parseLong(last);
        }
        return last.matches("[0-9]+[kKmMgGtTpP]?") ? Integer.MAX_VALUE : 1;
    }
}
