package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The mounts of a build, in addition to those in the image's entry of the catalog. They are checked three times: as
 * text; on the node, because a link may lead elsewhere; and in the container, because the node's files may have changed
 * meanwhile.
 *
 * @param binds the mounts
 * @param roots absolute paths of the directories below which all of them must be
 */
public record BuildMounts(List<Bind> binds, List<String> roots) implements Serializable {
    public static final BuildMounts NONE = new BuildMounts(List.of(), List.of());

    /**
     * Programs of the image make the check in the container, so a build must not replace any part of these programs.
     */
    private static final Pattern PROGRAMS = Pattern.compile("/(usr/)?(s?bin|lib[0-9a-z]{0,3})(/.*)?"
            // Libraries that images name in LD_LIBRARY_PATH, mainly those for CUDA.
            + "|/usr/local/(lib[0-9a-z]{0,3}|cuda[^/]*|nvidia)(/.*)?"
            // NixOS and Guix keep their programs nowhere else.
            + "|/(nix|gnu)(/.*)?"
            + "|/\\.singularity\\.d(/.*)?|/etc/ld(\\.so|-musl).*");

    private static final Set<String> PARENTS = Set.of("/", "/usr", "/usr/local", "/etc");

    public BuildMounts {
        binds = new ArrayList<>(binds);
        roots = new ArrayList<>(roots);
    }

    /** The mounts that no later one hides. */
    public List<Bind> seen() {
        List<Bind> seen = new ArrayList<>();
        for (Bind bind : binds) {
            seen.removeIf(earlier -> bind.covers(earlier.destination()));
            seen.add(bind);
        }
        return seen;
    }

    /** Whether a mount at this place would replace something that the check in the container needs. */
    static boolean isProgram(String destination) {
        return PARENTS.contains(destination) || PROGRAMS.matcher(destination).matches();
    }
}
