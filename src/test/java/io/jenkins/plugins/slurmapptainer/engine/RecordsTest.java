package io.jenkins.plugins.slurmapptainer.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.ExitRecord;
import io.jenkins.plugins.slurmapptainer.headnode.StartRecord;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The records are written by a job, so by anybody: what is not exactly a record of the job is none. */
class RecordsTest {
    private static final String TOKEN = "0123456789abcdef0123456789abcdef";
    private static final String START = "v1 token=" + TOKEN + " job=12 attempt=1 time=1700000000 node=n-1.example\n";
    private static final String EXIT = "v1 token=" + TOKEN
            + " job=12 attempt=1 time=1700000009 exit=3 stage=program signals=TERM,USR2 oom=1 output=77\n";

    @Test
    void aStartIsRead() {
        assertEquals(Optional.of(new StartRecord("12", 1, 1700000000, "n-1.example")), StartRecord.parse(TOKEN, START));
        assertEquals(
                "n[1-2,7]",
                StartRecord.parse(TOKEN, START.replace("n-1.example", "n[1-2,7]"))
                        .orElseThrow()
                        .node());
        assertEquals(
                "",
                StartRecord.parse(TOKEN, START.replace("n-1.example", ""))
                        .orElseThrow()
                        .node());
    }

    @Test
    void anEndIsRead() {
        assertEquals(
                Optional.of(new ExitRecord("12", 1, 1700000009, 3, true, true, true, 77)),
                ExitRecord.parse(TOKEN, EXIT));
        String quiet =
                EXIT.replace("TERM,USR2", "").replace("oom=1", "oom=0").replace("stage=program", "stage=prepare");
        assertEquals(
                Optional.of(new ExitRecord("12", 1, 1700000009, 3, false, false, false, 77)),
                ExitRecord.parse(TOKEN, quiet));
    }

    @Test
    void theUsedMemoryIsReadIfPresent() {
        ExitRecord counted = ExitRecord.parse(TOKEN, EXIT.replace("output=77", "output=77 peak=17058000"))
                .orElseThrow();
        assertEquals(17_058_000, counted.peakBytes());
        assertEquals(0, ExitRecord.parse(TOKEN, EXIT).orElseThrow().peakBytes());
    }

    @Test
    void theLossOfANodeIsReadIfPresent() {
        String lost = EXIT.replace("output=77", "output=77 peak=0 notice=node");
        assertTrue(ExitRecord.parse(TOKEN, lost).orElseThrow().nodeLost());
        assertFalse(ExitRecord.parse(TOKEN, EXIT).orElseThrow().nodeLost());
        assertEquals(Optional.empty(), ExitRecord.parse(TOKEN, lost.replace("notice=node", "notice=other")));
    }

    @Test
    void aRecordOfAnotherTokenIsIgnored() {
        String other = TOKEN.replace('0', '1');
        assertEquals(Optional.empty(), StartRecord.parse(other, START));
        assertEquals(Optional.empty(), ExitRecord.parse(other, EXIT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "v1|v2",
                "job=12|job=",
                "job=12|job=-12",
                "job=12|job=___",
                "job=12|job=12;id",
                "job=12|job=++",
                "job=12|job=0",
                "job=12|job=99999999999",
                "attempt=1|attempt=-1",
                "attempt=1|attempt=9999999",
                "attempt=1|attempt=1 attempt=2",
                "time=1|time=x1",
                "attempt=1|`attempt=1\n`",
                "v1 |`v1  `"
            })
    void aMalformedStartIsNoRecord(String part, String bent) {
        assertEquals(Optional.empty(), StartRecord.parse(TOKEN, START.replaceFirst(part, bent)));
        assertEquals(Optional.empty(), ExitRecord.parse(TOKEN, EXIT.replaceFirst(part, bent)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit=3|exit=",
                "exit=3|exit=-1",
                "exit=3|exit=1000",
                "exit=3|exit=0x1",
                "stage=program|stage=",
                "stage=program|stage=other",
                "signals=TERM|signals=term;",
                "oom=1|oom=2",
                "output=77|output=",
                "output=77|output=-1",
                "output=77|output=9999999999999999999"
            })
    void aMalformedEndIsNoRecord(String part, String bent) {
        assertEquals(Optional.empty(), ExitRecord.parse(TOKEN, EXIT.replace(part, bent)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "v1", "\0\0\0\0", "\ufffd", "v1 token=x"})
    void otherTextIsNoRecord(String text) {
        assertEquals(Optional.empty(), StartRecord.parse(TOKEN, text));
        assertEquals(Optional.empty(), ExitRecord.parse(TOKEN, text));
    }

    @Test
    void aTruncatedRecordIsNoRecord() {
        for (int length = 0; length < EXIT.length() - 3; length++) {
            assertEquals(Optional.empty(), ExitRecord.parse(TOKEN, EXIT.substring(0, length)), "cut after " + length);
        }
        assertEquals(Optional.empty(), ExitRecord.parse(TOKEN, START));
        assertEquals(Optional.empty(), StartRecord.parse(TOKEN, EXIT));
        assertEquals(Optional.empty(), ExitRecord.parse(TOKEN, EXIT + EXIT));
    }

    @ParameterizedTest
    @CsvSource({
        "0,false,false,true",
        "1,false,false,true",
        "128,false,false,true",
        "255,false,false,false",
        "134,false,false,true",
        "143,false,false,false",
        "137,false,false,false",
        "0,true,false,false",
        "1,true,false,false",
        "0,false,true,false"
    })
    void afterASignalOrAKillForMemoryOnlySlurmKnowsWhy(int code, boolean signalled, boolean oom, boolean alone) {
        assertEquals(alone, new ExitRecord("1", 0, 0, code, true, signalled, oom, 0).speaksForItself());
    }
}
