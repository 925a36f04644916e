package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TaskRangeTest {
    private static String tasks(String printed) {
        TaskRange range = TaskRange.parse(printed).orElseThrow();
        return IntStream.range(0, 20)
                .filter(range::includes)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(" "));
    }

    @ParameterizedTest
    @CsvSource({
        "123_[4],4",
        "123_[4-6],4 5 6",
        "123_[4-6%2],4 5 6",
        "'123_[0,7,9-10%1];east',0 7 9 10",
        "123_[0-10:2],0 2 4 6 8 10",
        "123_[1-10:4],1 5 9",
        "'123_[0-10:5,12]',0 5 10 12",
        "'123_[1,3,15...]',1 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19",
        "'123_[1,3,15,...%2]',1 3 15 16 17 18 19",
        "'123_[1,17%2...]',1 17",
        "123_[...],0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19",
        "123_[],''"
    })
    void readsWhatSlurmPrints(String printed, String expected) {
        assertEquals(expected, tasks(printed));
    }

    @Test
    void namesTheArrayWithItsCluster() {
        assertEquals("123", TaskRange.parse("123_[1-2]").orElseThrow().array());
        assertEquals("123;east", TaskRange.parse("123_[1-2];east").orElseThrow().array());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "123", "123_4", "123_[1-2", "0_[1]", "123_[a]", "123+1", "123_[1]x", "123_[1];", "_[1]"})
    void otherTextIsNoRange(String printed) {
        assertEquals(Optional.empty(), TaskRange.parse(printed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"123_[9999999]", "123_[0-9999999:9999999]", "123_[99999999]", "123_[5-3]", "123_[1-2:0]"})
    void numbersThatSlurmNeverPrintsDoNoHarm(String printed) {
        assertEquals(printed.startsWith("123_[0") ? "0" : "", tasks(printed));
    }

    /** Every round asks for each task of an array that waits, and every second one may have a range of its own. */
    @Test
    void eachOfThousandsOfRangesIsFound() {
        String ranges = IntStream.range(0, 5_000).mapToObj(i -> "" + 2 * i).collect(Collectors.joining(","));
        SlurmRows<String> rows = new SlurmRows<>(java.util.List.of("123_[" + ranges + "%20]"), row -> row);
        long found = IntStream.range(0, 10_000)
                .filter(i -> !rows.of("123_" + i).isEmpty())
                .count();
        assertEquals(5_000, found);
        assertTrue(rows.hasSiblings("123_1"));
    }

    @Test
    void rangesMayOverlapAndComeInAnyOrder() {
        TaskRange range = TaskRange.parse("123_[50-60,1-100:3,7,20-30]").orElseThrow();
        for (int task = 0; task < 120; task++) {
            boolean in = task >= 50 && task <= 60
                    || task >= 1 && task <= 100 && (task - 1) % 3 == 0
                    || task == 7
                    || task >= 20 && task <= 30;
            assertEquals(in, range.includes(task), "task " + task);
        }
    }
}
