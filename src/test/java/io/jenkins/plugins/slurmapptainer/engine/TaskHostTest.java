package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.cluster.DelegatingHost;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TaskHostTest {
    private final ArrayFixture rig = ArrayFixture.of(7, 8);
    private final List<String> offsets = new ArrayList<>();
    private final JobHost console = new DelegatingHost(rig.host) {
        @Override
        public void saveTaskOffset(int task, long offset) {
            offsets.add(task + ":" + offset);
        }

        @Override
        public long savedTaskOffset(int task, long recorded) {
            return recorded + task;
        }
    };
    private final TaskHost host =
            new TaskHost(rig.task(7), console, new ArrayMessages(rig.record, rig.host, rig.threads(), rig::now));

    @Test
    void outputIsThatOfTheTask() throws Exception {
        host.output("one\ntwo\n".getBytes(StandardCharsets.UTF_8), 4);
        assertEquals("[7] one\n", rig.host.output());
    }

    @Test
    void linesOfTasksAreNotMixedAndTheOffsetIsThatOfTheTasksFile() {
        rig.prints(7, "one\ntw");
        rig.prints(8, "eight\n");
        rig.prints(7, "o\n");
        assertEquals("[7] one\n[8] eight\n[7] two\n", rig.host.output());
        assertEquals(8, rig.task(7).offset(), "without what stands before the lines");
        assertEquals(6, rig.task(8).offset());
    }

    @Test
    void aLineThatIsNotEndedIsShownAfterAWhileAndGoesOn() {
        rig.prints(7, "one\n..");
        assertEquals("[7] one\n", rig.host.output());
        assertEquals(1_500, rig.follower(7).pause());
        rig.pass(1_499);
        rig.prints(7, ".");
        assertEquals("[7] one\n", rig.host.output());
        rig.pass(1);
        rig.queue();
        assertEquals("[7] one\n[7] ...", rig.host.output());
        assertEquals(7, rig.task(7).offset());
        rig.prints(7, ".");
        rig.prints(8, "eight\n");
        rig.prints(7, ".\n");
        assertEquals("[7] one\n[7] ...\n[8] eight\n[7] ..\n", rig.host.output());
    }

    @Test
    void theOffsetIsKeptByTask() {
        host.saveOffset(12);
        assertEquals(List.of("7:12"), offsets);
        assertEquals(17, host.savedOffset(10));
    }

    @Test
    void aTaskDecidesNothingForItsArray() {
        assertThrows(IllegalStateException.class, host::plan);
        assertThrows(IllegalStateException.class, host::save);
        assertThrows(IllegalStateException.class, () -> host.ended(Outcome.success()));
        assertThrows(IllegalStateException.class, () -> host.failed(new IOException()));
        host.say("a line");
        assertEquals(List.of("a line"), rig.host.lines());
    }
}
