package io.jenkins.plugins.slurmapptainer.execution;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.kohsuke.accmod.Restricted;
import org.kohsuke.accmod.restrictions.NoExternalUse;

/** What the build's own page says about its jobs: a line for each of the first ones, in their order. Immutable. */
@Restricted(NoExternalUse.class)
public final class JobSummaries {
    private static final int MAX_LINES = 10;

    private final List<JobPage> jobs;

    JobSummaries(List<JobPage> jobs) {
        this.jobs = jobs;
    }

    /** Those that people look for come first if there are too many: what failed, then what has not ended. */
    public List<JobPage> getShown() {
        // Ranks change while jobs go on, so each is looked at once.
        Map<Integer, List<JobPage>> ranked =
                jobs.stream().collect(Collectors.groupingBy(JobSummaries::rank, TreeMap::new, Collectors.toList()));
        List<JobPage> first =
                ranked.values().stream().flatMap(List::stream).limit(MAX_LINES).toList();
        return jobs.stream().filter(first::contains).toList();
    }

    private static int rank(JobPage job) {
        return job.isActive() ? 1 : "completed".equals(job.getState()) ? 2 : 0;
    }

    /** How many jobs are not shown. */
    public int getMore() {
        return Math.max(0, jobs.size() - MAX_LINES);
    }

    /** State, exit code, times and memory of a job, as one phrase. What is not known is left out. */
    public String text(JobPage job) {
        List<String> facts = new ArrayList<>();
        facts.add(job.getStateText());
        Integer code = job.getExitCode();
        facts.add(code == null || code == 0 || !job.getTaskSummary().isEmpty() ? "" : "exit code " + code);
        facts.add(job.getTaskSummary());
        facts.add(job.getImage());
        facts.add(job.getNodes().isEmpty() ? "" : "on " + job.getNodes());
        facts.add(job.getWaited().isEmpty() ? "" : "waited " + job.getWaited());
        facts.add(job.getRan().isEmpty() ? "" : "ran " + job.getRan());
        facts.add(memory(job));
        return String.join(" · ", facts.stream().filter(fact -> !fact.isEmpty()).toList());
    }

    private static String memory(JobPage job) {
        String used = job.getPeakMemoryText();
        String asked = job.getAskedMemory();
        return used.isEmpty() ? "" : "used " + used + (asked.isEmpty() ? "" : " of " + asked);
    }
}
