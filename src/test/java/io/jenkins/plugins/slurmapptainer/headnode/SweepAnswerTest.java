package io.jenkins.plugins.slurmapptainer.headnode;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepAnswerTest {
    private static SweepAnswer answer(int removed, long bytes, int kept, boolean more, List<String> problems) {
        return new SweepAnswer(removed, bytes, kept, more, new ArrayList<>(problems));
    }

    /** Problems from one number to before another. */
    private static List<String> problems(int from, int to) {
        return IntStream.range(from, to).mapToObj(i -> "problem " + i).collect(Collectors.toList());
    }

    @Test
    void answersOfTwoCallsAreCombined() {
        assertEquals(
                answer(5, 50, 3, false, List.of("a is in the way", "b is in the way", "c is in the way")),
                answer(2, 20, 6, true, List.of("a is in the way", "b is in the way"))
                        .then(answer(3, 30, 3, false, List.of("b is in the way", "c is in the way"))));
        SweepAnswer only = answer(1, 10, 1, true, List.of("a is in the way"));
        assertEquals(only, SweepAnswer.NOTHING.then(only));
    }

    @Test
    void onlyTheFirstProblemsAreKept() {
        List<String> first = new ArrayList<>(problems(0, 20));
        first.add("and more");
        SweepAnswer answer = answer(0, 0, 0, true, problems(0, 15)).then(answer(0, 0, 0, true, problems(15, 40)));
        assertEquals(first, answer.problems());
        assertEquals(
                first, answer.then(answer(0, 0, 0, false, problems(40, 50))).problems());
        List<String> counted = new ArrayList<>(problems(0, 20));
        counted.add("and 7 more");
        assertEquals(
                counted,
                SweepAnswer.NOTHING.then(answer(0, 0, 0, false, counted)).problems());
    }
}
