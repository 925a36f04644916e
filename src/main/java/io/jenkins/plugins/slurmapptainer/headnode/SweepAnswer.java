package io.jenkins.plugins.slurmapptainer.headnode;

import io.jenkins.plugins.slurmapptainer.job.ByteText;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;

/**
 * The result of a sweep.
 *
 * @param removed number of removed job directories
 * @param bytes bytes that their files took, except files that have another name elsewhere
 * @param kept number of job directories that are still there
 * @param more whether time ran out, so that another call would remove more
 * @param problems what could not be removed, and why
 */
public record SweepAnswer(int removed, long bytes, int kept, boolean more, ArrayList<String> problems)
        implements Serializable {
    public static final SweepAnswer NOTHING = new SweepAnswer(0, 0, 0, false, new ArrayList<>());

    private static final int MAX_PROBLEMS = 20;

    /**
     * This answer together with that of the next call, which may have had the same problems. Only the first problems
     * are kept.
     */
    public SweepAnswer then(SweepAnswer next) {
        LinkedHashSet<String> both = new LinkedHashSet<>(problems);
        both.addAll(next.problems);
        ArrayList<String> told = new ArrayList<>(both);
        // The last problem of a call may only say how many more there are.
        if (told.size() > MAX_PROBLEMS + 1) {
            told.subList(MAX_PROBLEMS, told.size()).clear();
            told.add("and more");
        }
        return new SweepAnswer(removed + next.removed, bytes + next.bytes, next.kept, next.more, told);
    }

    /** The result as one sentence. */
    public String text() {
        String all = "removed " + removed + (removed == 1 ? " job directory, " : " job directories, ")
                + ByteText.of(bytes) + "; " + kept + (kept == 1 ? " is kept" : " are kept");
        return problems.isEmpty() ? all : all + "; " + String.join("; ", problems);
    }
}
