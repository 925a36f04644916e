package io.jenkins.plugins.slurmapptainer.execution;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.engine.OutcomeText;
import io.jenkins.plugins.slurmapptainer.engine.TaskRecord;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Checks conditions on other jobs against what the build knows of its own jobs. Slurm treats a condition on a job that
 * it has forgotten ({@code MinJobAge}, five minutes by default) as satisfied. So conditions that can never be satisfied
 * are found here.
 */
final class DependencyCheck {
    private static final Pattern TASK = Pattern.compile("[0-9]+_([0-9]{1,7})(?:\\+.*)?");

    private final String cluster;
    /** The key is Slurm's number of the job. */
    private final Map<String, List<JobRecord>> jobs;

    private DependencyCheck(String cluster, List<JobRecord> jobs) {
        this.cluster = cluster;
        this.jobs =
                jobs.stream().collect(Collectors.groupingBy(job -> job.jobId().split("[;_+]")[0]));
    }

    /**
     * @param dependency in {@code sbatch}'s notation
     * @param cluster the cluster of the new job
     * @param jobs the jobs of the build so far
     * @throws InvalidRequestException for a condition that can never be satisfied
     */
    static void check(@CheckForNull String dependency, String cluster, List<JobRecord> jobs) {
        if (dependency == null) {
            return;
        }
        Directive.DEPENDENCY.check(dependency);
        DependencyCheck check = new DependencyCheck(cluster, jobs);
        List<String> hopeless = new ArrayList<>();
        String[] conditions = dependency.split("[,?]");
        for (String condition : conditions) {
            check.whyNever(condition).ifPresent(hopeless::add);
        }
        // With a question mark, one satisfied condition is enough.
        if (hopeless.size() >= (dependency.contains("?") ? conditions.length : 1)) {
            throw new InvalidRequestException(Directive.DEPENDENCY.field(), hopeless.get(0));
        }
    }

    /** @return why a condition, {@code type:id:id…}, can never be satisfied; empty if it may be */
    private Optional<String> whyNever(String condition) {
        String[] parts = condition.split(":");
        for (int i = 1; i < parts.length; i++) {
            String id = parts[i].split("[_+]")[0];
            List<JobRecord> sameId = jobs.getOrDefault(id, List.of());
            List<JobRecord> here =
                    sameId.stream().filter(job -> job.cluster().equals(cluster)).toList();
            if (here.isEmpty() && !sameId.isEmpty()) {
                return Optional.of("job " + id + " is one of cluster "
                        + sameId.get(0).cluster() + ", and this job goes to cluster " + cluster
                        + "; Slurm knows the jobs of one cluster only");
            }
            if (here.isEmpty()) {
                continue;
            }
            // Slurm may use a number again.
            JobRecord job = here.get(here.size() - 1);
            Optional<TaskRecord> task = task(parts[i], job);
            if (isNever(parts[0], task.isPresent() ? task.get().outcome() : job.outcome())) {
                return Optional.of(
                        "'" + parts[0] + ":" + task.map(TaskRecord::jobId).orElse(id) + "' can never be satisfied: "
                                + task.map(OutcomeText::ofTask).orElseGet(() -> OutcomeText.of(job)));
            }
        }
        return Optional.empty();
    }

    /** The task of a job array that {@code 123_4} means. */
    private static Optional<TaskRecord> task(String id, JobRecord job) {
        Matcher index = TASK.matcher(id);
        return index.matches()
                ? job.tasks().stream()
                        .filter(task -> task.index() == Integer.parseInt(index.group(1)))
                        .findFirst()
                : Optional.empty();
    }

    private static boolean isNever(String type, @CheckForNull Outcome outcome) {
        if (outcome == null) {
            return false;
        }
        // Slurm counts a job as successful even if its outputs are missing.
        boolean succeeded = outcome.isSuccess() || outcome.kind() == Outcome.Kind.OUTPUT_MISSING;
        return switch (type) {
            case "afterok" -> !succeeded;
            case "afternotok" -> succeeded;
            default -> false;
        };
    }
}
