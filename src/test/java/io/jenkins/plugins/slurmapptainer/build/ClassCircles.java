package io.jenkins.plugins.slurmapptainer.build;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The top-level classes of one package, and which of them know each other in a circle. What is nested in a class is a part of
 * it.
 */
final class ClassCircles {
    /** The name of a type or a constant, unless something stands before it that it is a member of. */
    private static final Pattern SIMPLE = Pattern.compile("(?<![\\w.])[A-Z]\\w*");

    /** What an import brings from another package; those of the own package are without its name here. */
    private static final Pattern IMPORTED = Pattern.compile("\\bimport\\s+[\\w.]+\\.(\\w+)\\s*;");

    private final String own;
    private final Map<String, String> files = new TreeMap<>();

    /** @param name of the package, in full */
    ClassCircles(String name) {
        own = name + ".";
    }

    /**
     * Adds a class of the package.
     *
     * @param code its file, without comments and literals
     */
    void add(String name, String code) {
        files.put(name, code.replace(own, ""));
    }

    /** The circles, each with all its members: of these, each one knows every other one, be it through others. */
    List<Set<String>> find() {
        Map<String, Set<String>> known = new TreeMap<>();
        files.keySet().forEach(name -> known.put(name, known(name)));
        Map<String, Set<String>> reached = new TreeMap<>();
        files.keySet().forEach(name -> reached.put(name, reached(name, known)));
        Set<Set<String>> circles = new LinkedHashSet<>();
        reached.forEach((name, others) -> {
            Set<String> circle = new TreeSet<>(others);
            circle.removeIf(other -> !reached.get(other).contains(name));
            if (!circle.isEmpty()) {
                circles.add(circle);
            }
        });
        return List.copyOf(circles);
    }

    /** The classes whose names a class has in its code. */
    private Set<String> known(String name) {
        Set<String> known = new HashSet<>(files.keySet());
        known.retainAll(SIMPLE.matcher(files.get(name))
                .results()
                .map(MatchResult::group)
                .toList());
        IMPORTED.matcher(files.get(name)).results().map(found -> found.group(1)).forEach(known::remove);
        known.remove(name);
        return known;
    }

    /** All that a class knows, itself or through others; the class itself only if that leads back to it. */
    private static Set<String> reached(String name, Map<String, Set<String>> known) {
        Set<String> reached = new HashSet<>();
        List<String> open = new ArrayList<>(List.of(name));
        while (!open.isEmpty()) {
            known.get(open.remove(open.size() - 1)).stream()
                    .filter(reached::add)
                    .forEach(open::add);
        }
        return reached;
    }
}
