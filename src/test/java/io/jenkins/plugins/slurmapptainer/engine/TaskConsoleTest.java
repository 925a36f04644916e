package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.DelegatingClient;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskConsoleTest {
    private final ArrayFixture fixture = ArrayFixture.of(7, 8);
    private final List<String> offsets = new ArrayList<>();
    private final JobConsole console = new DelegatingClient(fixture.client) {
        @Override
        public void saveTaskOffset(int task, long offset) {
            offsets.add(task + ":" + offset);
        }

        @Override
        public long savedTaskOffset(int task, long recorded) {
            return recorded + task;
        }
    };
    private final TaskConsole taskConsole = new TaskConsole(
            fixture.task(7),
            console,
            new ArrayMessages(fixture.record, fixture.client, fixture.threads(), fixture::now));

    @Test
    void outputIsShownAsOutputOfTheTask() throws Exception {
        taskConsole.output("one\ntwo\n".getBytes(StandardCharsets.UTF_8), 4);
        assertEquals("[7] one\n", fixture.client.output());
    }

    @Test
    void linesOfTasksAreNotMixedAndTheOffsetIsThatOfTheTasksFile() {
        fixture.prints(7, "one\ntw");
        fixture.prints(8, "eight\n");
        fixture.prints(7, "o\n");
        assertEquals("[7] one\n[8] eight\n[7] two\n", fixture.client.output());
        assertEquals(8, fixture.task(7).offset(), "without what stands before the lines");
        assertEquals(6, fixture.task(8).offset());
    }

    @Test
    void aLineThatIsNotEndedIsShownAfterAWhileAndGoesOn() {
        fixture.prints(7, "one\n..");
        assertEquals("[7] one\n", fixture.client.output());
        assertEquals(1_500, fixture.tracker(7).pause());
        fixture.pass(1_499);
        fixture.prints(7, ".");
        assertEquals("[7] one\n", fixture.client.output());
        fixture.pass(1);
        fixture.queue();
        assertEquals("[7] one\n[7] ...", fixture.client.output());
        assertEquals(7, fixture.task(7).offset());
        fixture.prints(7, ".");
        fixture.prints(8, "eight\n");
        fixture.prints(7, ".\n");
        assertEquals("[7] one\n[7] ...\n[8] eight\n[7] ..\n", fixture.client.output());
    }

    @Test
    void theOffsetIsKeptByTask() {
        taskConsole.saveOffset(12);
        assertEquals(List.of("7:12"), offsets);
        assertEquals(17, taskConsole.savedOffset(10));
    }

    @Test
    void aLineAboutATaskIsOneOfItsArray() {
        taskConsole.say("a line");
        assertEquals(List.of("a line"), fixture.client.lines());
    }
}
