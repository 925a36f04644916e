package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArrayIndexesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0-3        | 0-3        | 4  | 0",
                "7          | 7          | 1  | 0",
                "5,1,3-4    | 1,3-5      | 4  | 0",
                "0-15:4     | 0,4,8,12   | 4  | 0",
                "0-99%10    | 0-99%10    | 100| 10",
                "1,2,9      | 1,2,9      | 3  | 0",
                "1-3,2-5    | 1-5        | 5  | 0",
                "10-11%1    | 10,11%1    | 2  | 1",
                "4000000    | 4000000    | 1  | 0"
            })
    void readsWhatSbatchReads(String written, String normal, int count, int limit) {
        ArrayIndexes indexes = ArrayIndexes.parse(written);
        assertEquals(normal, indexes.toString());
        assertEquals(count, indexes.indexes().size());
        assertEquals(limit, indexes.limit());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "3-1      | array: '3-1' ends before it begins; write the smaller index first",
                "0-10000  | array: there are more than 10000 tasks; let each task do more, or use several steps",
                "0-9999999| array: there are more than 10000 tasks",
                "a        | array: 'a' is not a list of indexes, for example '0-99%10'",
                "0-9:0    | array: '0-9:0' is not a range such as 0-99 or 0-99:3",
                "1%0      | array: '1%0' is not a list of indexes"
            })
    void saysWhatIsWrong(String written, String error) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ArrayIndexes.parse(written));
        assertTrue(e.getMessage().startsWith(error), e.getMessage());
    }

    @Test
    void writesRangesShort() {
        assertEquals("1-3,7", ArrayIndexes.text(List.of(3, 1, 2, 7)));
        assertEquals("", ArrayIndexes.text(List.of()));
    }

    @Test
    void everyTaskMayBeListedSeparately() {
        String written = IntStream.range(0, ArrayIndexes.MAX_TASKS)
                .mapToObj(String::valueOf)
                .collect(Collectors.joining(","));
        assertEquals(
                ArrayIndexes.MAX_TASKS,
                ArrayIndexes.parse(written + "%7").indexes().size());
    }
}
