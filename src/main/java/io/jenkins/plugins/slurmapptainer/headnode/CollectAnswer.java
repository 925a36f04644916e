package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What was copied from a job.
 *
 * @param files outputs that are in the workspace now, relative to it
 * @param bytes their total size
 * @param problems what is missing or was refused, as lines for the console
 * @param missing patterns that had to match a file but matched none
 * @param notes what was left out without harm, as lines for the console
 * @param space text with numbers if the job's directory is full; empty if it is not, or that was not asked
 */
public record CollectAnswer(
        ArrayList<String> files,
        long bytes,
        ArrayList<String> problems,
        ArrayList<String> missing,
        ArrayList<String> notes,
        String space)
        implements Serializable {
    public static final CollectAnswer NOTHING = of(List.of(), 0, List.of());

    /** The results of two requests together. */
    public CollectAnswer and(CollectAnswer other) {
        Set<String> all = new LinkedHashSet<>(files);
        all.addAll(other.files);
        List<String> told = new ArrayList<>(problems);
        told.addAll(other.problems);
        List<String> nothing = new ArrayList<>(missing);
        nothing.addAll(other.missing);
        List<String> noted = new ArrayList<>(notes);
        noted.addAll(other.notes);
        return of(new ArrayList<>(all), bytes + other.bytes, told)
                .withMissing(nothing)
                .withNotes(noted);
    }

    public static CollectAnswer of(List<String> files, long bytes, List<String> problems) {
        return new CollectAnswer(
                new ArrayList<>(files), bytes, new ArrayList<>(problems), new ArrayList<>(), new ArrayList<>(), "");
    }

    public CollectAnswer withMissing(List<String> patterns) {
        return new CollectAnswer(files, bytes, problems, new ArrayList<>(patterns), notes, space);
    }

    public CollectAnswer withNotes(List<String> words) {
        return new CollectAnswer(files, bytes, problems, missing, new ArrayList<>(words), space);
    }

    public CollectAnswer withSpace(String words) {
        return new CollectAnswer(files, bytes, problems, missing, notes, words);
    }
}
