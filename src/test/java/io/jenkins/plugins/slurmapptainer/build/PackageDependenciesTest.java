package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The direction in which packages may know each other, as docs/architecture.md draws it. */
class PackageDependenciesTest {
    /** A package knows the layers before its own, and nothing else of this plugin. So there are no circles of packages. */
    private static final List<Set<String>> LAYERS = List.of(
            Set.of("job"),
            Set.of("script", "slurm", "image", "template"),
            Set.of("headnode"),
            Set.of("headnode.local"),
            Set.of("image.local"),
            Set.of("engine", "agent"),
            Set.of("config"),
            Set.of("catalog"),
            Set.of("execution", "scan"),
            Set.of("pipeline"),
            Set.of("freestyle", "declarative", "web", "folder"));

    /** These run without Jenkins, too. */
    private static final Set<String> PURE = Set.of(
            "job", "script", "slurm", "image", "template", "headnode", "headnode.local", "image.local", "engine");

    private static final String NULLNESS = "edu.umd.cs.findbugs.annotations.";
    private static final String ANT = "org.apache.tools.";

    /** A name with a package, be it imported or written out. */
    private static final Pattern QUALIFIED =
            Pattern.compile("(?<![\\w.])((?:[a-z]\\w*\\.)+[a-z]\\w*|hudson|jenkins)\\.(?:[A-Z]\\w*|\\*)");

    @Test
    void packagesUseOnlyTheLayersBelow() throws IOException {
        assertEquals(List.of(), violations());
    }

    @Test
    void everyPackageHasALayer() throws IOException {
        Set<String> known = Set.copyOf(LAYERS.stream().flatMap(Set::stream).toList());
        for (Path file : MainSources.files()) {
            String name = MainSources.packageOf(file);
            assertTrue(known.contains(name), () -> "no layer for package " + name + " of " + file);
        }
    }

    private static List<String> violations() throws IOException {
        List<String> violations = new ArrayList<>();
        for (Path file : MainSources.files()) {
            String from = MainSources.packageOf(file);
            Matcher names = QUALIFIED.matcher(MainSources.code(file));
            while (names.find()) {
                if (!allowed(from, names.group(1))) {
                    violations.add(file.getFileName() + " in " + from + ": " + names.group());
                }
            }
        }
        return violations;
    }

    private static boolean allowed(String from, String to) {
        if (to.equals(MainSources.ROOT) || to.startsWith(MainSources.ROOT + ".")) {
            String own = to.substring(Math.min(to.length(), MainSources.ROOT.length() + 1));
            return own.equals(from)
                    || layer(own) < layer(from) && (!isLocal(own) || isLocal(from) || from.equals("agent"));
        }
        String prefix = to + ".";
        return !PURE.contains(from)
                || prefix.startsWith("java.")
                || prefix.equals(NULLNESS)
                || (from.equals("headnode.local") && prefix.startsWith(ANT));
    }

    /** What works on the machine where it runs is behind a port: only the agent's side brings it there. */
    private static boolean isLocal(String name) {
        return name.endsWith(".local");
    }

    private static int layer(String name) {
        for (int i = 0; i < LAYERS.size(); i++) {
            if (LAYERS.get(i).contains(name)) {
                return i;
            }
        }
        return LAYERS.size();
    }
}
