package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What a build has mounted besides what the image's entry in the catalog names. It is checked twice: as it is written, and
 * on the node, where a link may lead elsewhere.
 *
 * @param binds what is mounted
 * @param roots absolute paths of the directories below which all of it has to be
 */
public record BuildMounts(List<Bind> binds, List<String> roots) implements Serializable {
    public static final BuildMounts NONE = new BuildMounts(List.of(), List.of());

    public BuildMounts {
        binds = new ArrayList<>(binds);
        roots = new ArrayList<>(roots);
    }
}
