package io.jenkins.plugins.slurmapptainer.job;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a build has mounted besides what the image's entry in the catalog names. It is checked three times: as it is written;
 * on the node, where a link may lead elsewhere; and in the container, because the node's files may have changed since.
 *
 * @param binds what is mounted
 * @param roots absolute paths of the directories below which all of it has to be
 */
public record BuildMounts(List<Bind> binds, List<String> roots) implements Serializable {
    public static final BuildMounts NONE = new BuildMounts(List.of(), List.of());

    /** The check in the container is made by programs of the image: what they consist of is not a build's to replace. */
    private static final Pattern PROGRAMS = Pattern.compile("/(usr/)?(s?bin|lib[0-9a-z]{0,3})(/.*)?"
            // Libraries that images name in LD_LIBRARY_PATH, those for CUDA before all.
            + "|/usr/local/(lib[0-9a-z]{0,3}|cuda[^/]*|nvidia)(/.*)?"
            // Of NixOS and Guix, whose programs have no other place.
            + "|/(nix|gnu)(/.*)?"
            + "|/\\.singularity\\.d(/.*)?|/etc/ld(\\.so|-musl).*");

    private static final Set<String> PARENTS = Set.of("/", "/usr", "/usr/local", "/etc");

    public BuildMounts {
        binds = new ArrayList<>(binds);
        roots = new ArrayList<>(roots);
    }

    /** Those that no later one hides. */
    public List<Bind> seen() {
        List<Bind> seen = new ArrayList<>();
        for (Bind bind : binds) {
            seen.removeIf(earlier -> bind.covers(earlier.destination()));
            seen.add(bind);
        }
        return seen;
    }

    /** Whether a mount there would replace what the check in the container needs. */
    static boolean isProgram(String destination) {
        return PARENTS.contains(destination) || PROGRAMS.matcher(destination).matches();
    }
}
