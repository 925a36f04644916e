package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class SlurmRowsTest {
    /** A row is its id and a word. */
    private static SlurmRows<String> rows(String... rows) {
        return new SlurmRows<>(List.of(rows), row -> row.split(" ")[0]);
    }

    @Test
    void aJobHasTheRowsOfItsId() {
        SlurmRows<String> rows = rows("12 a", "13 b", "12 c");
        assertEquals(List.of("12 a", "12 c"), rows.of("12"));
        assertEquals(List.of(), rows.of("14"));
        assertFalse(rows.hasSiblings("12"));
    }

    @Test
    void aTasksOwnRowWinsOverTheRowOfSeveralTasks() {
        SlurmRows<String> rows = rows("123_[4-9%2] waits", "123_5 runs", "123_3 ended");
        assertEquals(List.of("123_5 runs"), rows.of("123_5"));
        assertEquals(List.of("123_[4-9%2] waits"), rows.of("123_6"));
        assertEquals(List.of(), rows.of("123_10"));
        assertEquals(List.of(), rows.of("124_6"));
        assertEquals(List.of(), rows.of("12_4"));
    }

    @Test
    void theArrayItselfHasNoRowOfItsOwn() {
        assertEquals(List.of(), rows("123_[4-9] waits", "123_3 runs").of("123"));
    }

    @Test
    void anArrayMayHaveSeveralRowsForSeveralTasks() {
        SlurmRows<String> rows = rows("123_[4-9] waits", "123_[1-3,5] cancelled");
        assertEquals(List.of("123_[1-3,5] cancelled"), rows.of("123_2"));
        assertEquals(List.of("123_[4-9] waits", "123_[1-3,5] cancelled"), rows.of("123_5"));
    }

    @Test
    void rowsOfAnotherClusterAreNotOfThisOne() {
        SlurmRows<String> rows = rows("123_[4-9];east east", "123_4 here", "123_3;east three");
        assertEquals(List.of("123_[4-9];east east"), rows.of("123_4;east"));
        assertEquals(List.of("123_4 here"), rows.of("123_4"));
        assertEquals(List.of(), rows.of("123_5"));
        assertEquals(List.of("123_3;east three"), rows.of("123_3;east"));
        assertTrue(rows.hasSiblings("123_8;east"));
        assertFalse(rows.hasSiblings("123_8;west"));
    }

    @Test
    void onlyTasksOfTheSameArrayAreSiblings() {
        assertTrue(rows("123_4 x").hasSiblings("123_5"));
        assertTrue(rows("123_[4-9] x").hasSiblings("123_2"));
        assertFalse(rows("124_4 x", "12 y", "123 z").hasSiblings("123_5"));
        assertFalse(rows("123_4 x").hasSiblings("123"));
    }

    @Test
    void textThatIsNoIdIsFoundOnlyLiterally() {
        SlurmRows<String> rows = rows("123_12345678 x", "nonsense y");
        assertEquals(1, rows.of("123_12345678").size());
        assertEquals(List.of(), rows.of("123_[1-2]"));
    }
}
