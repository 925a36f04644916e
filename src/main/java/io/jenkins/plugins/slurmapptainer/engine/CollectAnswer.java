package io.jenkins.plugins.slurmapptainer.engine;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * @param files outputs that are in the workspace now, relative to it
 * @param bytes their total size
 * @param problems what is missing or was refused, in words for the console
 */
public record CollectAnswer(ArrayList<String> files, long bytes, ArrayList<String> problems) implements Serializable {
    public static final CollectAnswer NOTHING = new CollectAnswer(new ArrayList<>(), 0, new ArrayList<>());

    public static CollectAnswer of(List<String> files, long bytes, List<String> problems) {
        return new CollectAnswer(new ArrayList<>(files), bytes, new ArrayList<>(problems));
    }
}
