package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollScheduleTest {
    private static final long START = 1_000_000;

    private long now = START;
    private final PollSchedule schedule = new PollSchedule(() -> 10_000, () -> 0);

    private void ask(boolean answered) {
        now += schedule.delay(now, true, true);
        schedule.asked(now, answered);
    }

    @Test
    void theFirstCallIsDueAtOnce() {
        assertEquals(0, schedule.delay(now, false, false));
    }

    @ParameterizedTest
    @CsvSource({"false,true,10000", "false,false,30000", "true,true,2000", "true,false,2000"})
    void theNextCallIsDueAfterTheIntervalForTheState(boolean urgent, boolean waiting, long delay) {
        ask(true);
        assertEquals(delay, schedule.delay(now, urgent, waiting));
        assertEquals(delay - 500, schedule.delay(now + 500, urgent, waiting));
        assertEquals(0, schedule.delay(now + delay, urgent, waiting));
    }

    /** Otherwise the first seconds would use up the calls of a minute, and the answer would come at its end. */
    @Test
    void hurriedCallsSlowDownToTheUsualInterval() {
        List<Long> distances = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ask(true);
            distances.add(schedule.delay(now, true, false));
        }
        assertEquals(List.of(2_000L, 4_000L, 8_000L, 10_000L, 10_000L), distances);
        assertEquals(30_000, schedule.delay(now, false, false));
        assertEquals(2_000, schedule.delay(now, true, false));
    }

    @Test
    void withoutAnswersTheIntervalGrowsToFiveMinutes() {
        List<Long> distances = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            ask(false);
            distances.add(schedule.delay(now, true, true) / 1000);
        }
        assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 300L, 300L), distances.subList(0, 7));
        assertEquals(300L, distances.get(19));
        ask(true);
        assertEquals(10_000, schedule.delay(now, false, true));
    }

    @Test
    void jitterOnlyMakesItLater() {
        for (double number : new double[] {0, 0.5, 0.999}) {
            PollSchedule some = new PollSchedule(() -> 10_000, () -> number);
            some.asked(START, true);
            assertEquals((long) (10_000 * (1 + 0.2 * number)), some.delay(START, false, true));
        }
    }

    /** With any sequence of needs, failures and late wake-ups: the number of calls in any window is bounded. */
    @ParameterizedTest
    @CsvSource({
        "10000,60000,6",
        "15000,60000,4",
        "30000,60000,2",
        "60000,60000,1",
        "7000,60000,8",
        "120000,120000,1",
        "300000,300000,1"
    })
    void callsAreNeverMoreFrequentThanTheAdministratorAllows(long interval, long window, int allowed) {
        Random random = new Random(interval);
        PollSchedule some = new PollSchedule(() -> interval, random::nextDouble);
        List<Long> asked = new ArrayList<>();
        long time = START;
        while (asked.size() < 2_000) {
            boolean urgent = random.nextInt(3) > 0;
            long delay = some.delay(time, urgent, random.nextBoolean());
            assertTrue(delay >= 0);
            if (delay == 0) {
                asked.add(time);
                time += random.nextInt(300);
                some.asked(time, random.nextInt(10) > 0);
            } else {
                time += random.nextBoolean() ? delay : Math.min(delay, random.nextInt(5_000));
            }
        }
        for (int i = allowed; i < asked.size(); i++) {
            // A call counts from when it has answered: the distance is measured from there.
            long distance = asked.get(i) - asked.get(i - allowed);
            assertTrue(distance >= window, (allowed + 1) + " calls within " + distance + " ms");
        }
    }
}
