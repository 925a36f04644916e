package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Within a package, too, classes know each other in one direction only. */
class ClassCirclesTest {
    @Test
    void packagesHaveNoCircles() throws IOException {
        Map<String, ClassCircles> packages = new TreeMap<>();
        for (Path file : MainSources.files()) {
            String name = MainSources.packageOf(file);
            packages.computeIfAbsent(name, own -> new ClassCircles(MainSources.ROOT + "." + own))
                    .add(file.getFileName().toString().replace(".java", ""), MainSources.code(file));
        }
        Map<String, List<Set<String>>> circles = new TreeMap<>();
        packages.forEach((name, classes) -> circles.put(name, classes.find()));
        circles.values().removeIf(List::isEmpty);
        assertEquals(Map.of(), circles);
    }

    @Test
    void circlesOverSeveralClassesAreFound() {
        ClassCircles classes = new ClassCircles("a.b");
        classes.add("First", "class First { Second second; }");
        classes.add("Second", "import a.b.Third; class Second {}");
        classes.add("Third", "class Third { int x = First.VALUE; Alone alone; }");
        classes.add("Alone", "class Alone { Alone next; }");
        classes.add("Left", "class Left { a.b.Right right; }");
        classes.add("Right", "class Right { Object left = new Left(); First first; }");
        assertEquals(List.of(Set.of("First", "Second", "Third"), Set.of("Left", "Right")), classes.find());
    }

    @Test
    void equalNamesOfOtherThingsAreNoCircle() {
        ClassCircles classes = new ClassCircles("a.b");
        classes.add(
                "First", MainSources.code("class First { /** {@link Second} */ String s = \"Second\"; } // Second"));
        classes.add("Second", "class Second { First first; a.c.Third third; Word.Fourth fourth; }");
        classes.add("Third", "class Third { Second second; }");
        classes.add("Fourth", "import a.c.Second; class Fourth { Second second; }");
        assertEquals(List.of(), classes.find());
    }
}
