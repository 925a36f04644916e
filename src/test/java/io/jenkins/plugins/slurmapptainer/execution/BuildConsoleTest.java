package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BuildConsoleTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final BuildConsole console = new BuildConsole(new PrintStream(log));

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
    void aLineThatIsSaidOnceIsNotRepeated() {
        console.sayOnce("one");
        console.sayOnce("two");
        console.sayOnce("one");
        assertEquals("[Slurm] one\n[Slurm] two\n", log.toString(StandardCharsets.UTF_8));
    }

    @Test
    void anIncompleteLineOfOutputIsEndedFirst() throws IOException {
        output("end");
        console.say("one");
        output("new\n");
        assertEquals("end\n[Slurm] one\nnew\n", log.toString(StandardCharsets.UTF_8));
    }

    private void task(int index, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        console.taskOutput(index, bytes, bytes.length);
    }

    private String shown() {
        return log.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "'one\n','[7] one\n'",
        "'one\ntwo\n','[7] one\n[7] two\n'",
        "'one','[7] one'",
        "'\n\none','[7] \n[7] \n[7] one'",
        "'50%\r100%\n','[7] 50%\r[7] 100%\n'",
        "'50%\r\n100%\r\r\n','[7] 50%\r\n[7] 100%\r\r\n'"
    })
    void everyLineOfATaskBeginsWithItsIndex(String printed, String lines) throws IOException {
        task(7, printed);
        assertEquals(lines, shown());
    }

    @Test
    void aTaskContinuesItsLineUnlessSomethingCameBetween() throws IOException {
        task(7, ".");
        task(7, ".");
        task(8, "eight");
        task(7, ".");
        task(7, "\r50%");
        console.say("one");
        task(7, " done\n");
        assertEquals("[7] ..\n[8] eight\n[7] .\r[7] 50%\n[Slurm] one\n[7]  done\n", shown());
    }

    @Test
    void aStateOnANewLineHasNothingToReturnTo() throws IOException {
        output("10%");
        console.say("one");
        output("\r20%");
        output("\r30%\n\r\n");
        task(7, "\r40%");
        task(7, "\r50%");
        assertEquals("10%\n[Slurm] one\n20%\r30%\n\r\n[7] 40%\r[7] 50%", shown());
    }

    @Test
    void bytesOfATaskThatAreNoTextStayWhatTheyAre() throws IOException {
        console.taskOutput(7, new byte[] {0, (byte) 0xff, '\n', (byte) 0x80, 'x'}, 4);
        assertArrayEquals(
                new byte[] {'[', '7', ']', ' ', 0, (byte) 0xff, '\n', '[', '7', ']', ' ', (byte) 0x80},
                log.toByteArray());
    }

    /** Otherwise the offset would go past what nobody can read. */
    @Test
    void aLogThatCannotBeWrittenIsAnError() {
        BuildConsole closed = new BuildConsole(new PrintStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("closed");
            }
        }));
        assertThrows(IOException.class, () -> closed.output(new byte[] {'x', '\n'}, 2));
    }

    @Test
    void anotherEncodingBecomesUtf8WhereverItIsCut() throws IOException {
        BuildConsole japanese =
                new BuildConsole(new PrintStream(log), LineVisibility.ALWAYS, Charset.forName("Shift_JIS"));
        for (byte one : "東京 1\n大".getBytes(Charset.forName("Shift_JIS"))) {
            japanese.output(new byte[] {one}, 1);
        }
        japanese.say("done");
        japanese.taskOutput(3, "阪\n".getBytes(Charset.forName("Shift_JIS")), 3);
        assertEquals("東京 1\n大\n[Slurm] done\n[3] 阪\n", log.toString(StandardCharsets.UTF_8));
    }
}
