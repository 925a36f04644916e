package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.image.ImageQuery;
import io.jenkins.plugins.slurmapptainer.image.ImageRecord;
import io.jenkins.plugins.slurmapptainer.slurm.ScriptHead;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Texts that somebody made as long as he liked: they are read or refused, and hold no thread. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = ThreadMode.SEPARATE_THREAD)
class EndlessTextTest {
    private static String words(int number) {
        return IntStream.range(0, number).mapToObj(i -> "w" + i).collect(Collectors.joining(" "));
    }

    @Test
    void aPatternOfManyStarsIsFast() {
        NamePatterns patterns = NamePatterns.of("*a*a*a*a*a*a*a*a*a*a*b");
        assertFalse(patterns.allows("a".repeat(4_000)));
        assertTrue(patterns.allows("a".repeat(4_000) + "b"));
        assertFalse(NamePatterns.of("*").allows("a/b"));
        assertTrue(NamePatterns.of("a*/*c").allows("ab/bc"));
    }

    /** Longer than any path, so it is nobody's. */
    @Test
    void anEndlessFolderNameIsFast() {
        String name = "a".repeat(200) + "/" + "a".repeat(40_000) + "/";
        assertFalse(NamePatterns.of("*" + "a*".repeat(20_000) + "b\nb*").allowsFolder(name.repeat(4)));
    }

    @Test
    void anEndlessUnknownNameIsFast() {
        List<String> names = Collections.nCopies(2_000, "n".repeat(90));
        assertEquals(List.of(), NearMisses.of(names, "x".repeat(200_000)));
        assertEquals(List.of("'python_3.11'"), NearMisses.of(List.of("python_3.11", "r_4"), "pyton_3.11"));
    }

    @Test
    void aNameOfManyUnderscoresIsFast() {
        assertEquals("X", VariableNames.shortName("_".repeat(300_000) + "X").orElseThrow());
        assertTrue(VariableNames.shortName("_".repeat(300_000)).isEmpty());
    }

    @Test
    void anEndlessSearchIsFast() {
        ImageRecord image = ImageRecord.ofPath("a", "/i/" + "a ".repeat(100) + ".sif");
        ImageQuery query = new ImageQuery(words(50_000) + " a".repeat(50_000), "", "", "", "");
        for (int i = 0; i < 5_000; i++) {
            assertFalse(query.test(image));
        }
    }

    @Test
    void manyEqualRangesAreFast() {
        String ranges = "0-9999,".repeat(30_000) + "1";
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ArrayIndexes.parse(ranges));
        assertTrue(e.getMessage().contains("more than 10000 tasks"), e.getMessage());
        assertEquals("0-9", ArrayIndexes.parse("0-9,0-9,5").toString());
    }

    @Test
    void endlessConditionsAreFast() {
        String jobs = ":123456".repeat(200);
        String dependency = ("afterok" + jobs + ",").repeat(200) + "afterany" + jobs + "x";
        assertThrows(InvalidRequestException.class, () -> Directive.DEPENDENCY.check(dependency));
        assertThrows(InvalidRequestException.class, () -> Directive.DEPENDENCY.check("afterok:1".repeat(100_000)));
        assertThrows(InvalidRequestException.class, () -> Directive.ARRAY.check("1-2,".repeat(100_000)));
    }

    @Test
    void manyOptionsInOneLineOfAScriptsHeadAreFast() {
        String line = "#SBATCH " + "--export=ALL,A=b --comment=\"".repeat(20_000);
        try {
            ScriptHead.of(line + "\"\n");
            ScriptHead.of(line + "\n");
        } catch (InvalidRequestException e) {
            assertTrue(e.getMessage().length() < 2_000);
        }
    }

    @Test
    void aLongTextIsCutFast() {
        assertEquals("a" + " b".repeat(149) + " …", Printable.of("\n  a" + "\u0000\u0007b".repeat(1_000_000)));
        assertEquals("a b", Printable.of(" a\r\nb\n"));
    }

    @Test
    void anEndlessWordInAScriptsHeadIsFast() {
        String word = "x".repeat(100_000);
        try {
            ScriptHead.of("#SBATCH --comment=" + word + " --time=10\ntrue\n");
        } catch (InvalidRequestException e) {
            assertTrue(e.getMessage().length() < 2_000);
        }
    }
}
