package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class JobConsoleTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final JobConsole console = new JobConsole(new PrintStream(log));

    private void output(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        console.output(bytes, bytes.length);
    }

    @Test
    void linesOfThePluginAreMarked() throws IOException {
        console.say("one");
        output("two\n");
        console.say("three");
        assertEquals("[Slurm] one\ntwo\n[Slurm] three\n", log.toString(StandardCharsets.UTF_8));
    }

    @Test
    void whatIsSaidOnceIsNotRepeated() {
        console.sayOnce("one");
        console.sayOnce("two");
        console.sayOnce("one");
        assertEquals("[Slurm] one\n[Slurm] two\n", log.toString(StandardCharsets.UTF_8));
    }

    @Test
    void aLineThatTheOutputHasNotEndedIsEnded() throws IOException {
        output("end");
        console.say("one");
        output("new\n");
        assertEquals("end\n[Slurm] one\nnew\n", log.toString(StandardCharsets.UTF_8));
    }

    /** Otherwise the offset would go past what nobody can read. */
    @Test
    void aLogThatCannotBeWrittenIsAnError() {
        JobConsole closed = new JobConsole(new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        }));
        assertThrows(IOException.class, () -> closed.output(new byte[] {'x', '\n'}, 2));
    }
}
