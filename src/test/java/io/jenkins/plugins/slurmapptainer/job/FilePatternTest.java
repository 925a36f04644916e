package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePatternTest {
    @Test
    void aListIsSeparatedByCommasOrLines() {
        assertEquals(
                List.of(
                        new FilePattern("DATA_INPUT", "data.csv"),
                        new FilePattern("", "conf/**"),
                        new FilePattern("", "a b.txt")),
                FilePattern.parse("DATA_INPUT=data.csv, conf/**\r\n\n  a b.txt ,"));
        assertEquals(List.of(), FilePattern.parse(" \n , "));
        assertEquals(List.of(new FilePattern("", "a,b"), new FilePattern("", "c")), FilePattern.parse("a\\,b,c"));
    }

    @ParameterizedTest
    @CsvSource({
        "data.csv,'',data.csv,false",
        "X=data.csv,X,data.csv,false",
        "in_put = a/b.csv,IN_PUT,a/b.csv,false",
        "./a.txt,'',a.txt,false",
        "././/a.txt,'',a.txt,false",
        "X=./a,X,a,false",
        "a/*.csv,'',a/*.csv,true",
        "a?.csv,'',a?.csv,true",
        "1=a,'',1=a,false",
        "a-b=c,'',a-b=c,false",
        "..a/b..,'',..a/b..,false",
        "., '', ., false",
        "./,'',.,false",
        "X=./,X,.,false",
        "a/,'',a,false",
        "a/.,'',a,false",
        "a//./b,'',a/b,false",
        "a*/,'',a*/**,true",
        "a*/.,'',a*/**,true",
        "a/**/,'',a/**,true",
        "grün.csv,'',grün.csv,false"
    })
    void readsNameAndPattern(String written, String name, String pattern, boolean wild) {
        FilePattern only = FilePattern.parse(written).get(0);
        assertEquals(new FilePattern(name, pattern), only);
        assertEquals(wild, only.isWild());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "X=/etc/passwd",
                "../x",
                "a/../../x",
                "a/..",
                "..",
                "X=..",
                "~/x",
                "C:\\x",
                "c:/x",
                "X=",
                "a\tb",
                "a\0b",
                ".//etc/../..",
                "./../x"
            })
    void patternsThatLeaveTheWorkspaceAreRefused(String written) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> FilePattern.parse(written));
        assertEquals("files", e.field());
        assertTrue(e.getMessage().startsWith("files: '"), e.getMessage());
    }

    @Test
    void printedPatternsCanBeReadAgain() {
        for (FilePattern pattern : FilePattern.parse("A_B=c/*.txt,d,e\\,f")) {
            assertEquals(List.of(pattern), FilePattern.parse(pattern.toString()));
        }
    }

    @Test
    void aLongPathNeedsNoLongStack() {
        assertEquals("a", FilePattern.parse("./".repeat(20_000) + "a").get(0).pattern());
    }
}
