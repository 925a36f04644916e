package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which tasks run at a time, in which order. */
class LanesTest {
    private final Deque<Runnable> started = new ArrayDeque<>();
    private final List<String> done = new ArrayList<>();
    private final Lanes lanes = new Lanes(started::add, 3, 2);

    private void task(String build, String name) {
        lanes.execute("c", build, () -> done.add(name));
    }

    private void runAll() {
        while (!started.isEmpty()) {
            started.remove().run();
        }
    }

    @Test
    void everyBuildGetsItsTurn() {
        for (int i = 0; i < 4; i++) {
            task("a", "a" + i);
        }
        task("b", "b0");
        task("b", "b1");
        assertEquals(3, started.size());
        runAll();
        assertEquals(List.of("a0", "a1", "b0", "a2", "b1", "a3"), done);
        assertTrue(lanes.isQuiet());
    }

    @Test
    void aFailedTaskDoesNotHoldUpOthers() {
        lanes.execute("c", "a", () -> {
            throw new StackOverflowError();
        });
        task("a", "a1");
        task("a", "a2");
        runAll();
        assertEquals(List.of("a1", "a2"), done);
        assertTrue(lanes.isQuiet());
    }
}
