package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableNamesTest {
    private final VariableNames names = new VariableNames();

    @Test
    void aNamedFileHasALongAndAShortName() {
        names.addNamed("DATA_INPUT", "/s/data.csv");
        assertEquals(
                List.of("FILE_DATA_INPUT", "INPUT"), List.copyOf(names.values().keySet()));
        assertEquals(Map.of("FILE_DATA_INPUT", "/s/data.csv", "INPUT", "/s/data.csv"), names.values());
    }

    @ParameterizedTest
    @CsvSource({
        "INPUT,'FILE_INPUT,INPUT'",
        "A_B_C,'C,FILE_A_B_C'",
        "RUN_2,FILE_RUN_2",
        "A_,'A_,FILE_A_'",
        "A__B,'B,FILE_A__B'",
        "X_2D,FILE_X_2D"
    })
    void theShortNameIsTheLastWordIfThatIsAName(String name, String expected) {
        names.addNamed(name, "/f");
        assertEquals(
                expected,
                String.join(",", names.values().keySet().stream().sorted().toList()));
    }

    @ParameterizedTest
    @CsvSource({
        "data.csv,FILE_DATA_CSV",
        "conf/a-b.txt,FILE_CONF_A_B_TXT",
        "a  b,FILE_A_B",
        "1.csv,FILE_1_CSV",
        "ü.csv,FILE__CSV",
        "日本,FILE__"
    })
    void anUnnamedFileIsNamedAfterItself(String path, String variable) {
        names.addOwn(path, "/s/" + path);
        assertEquals(Map.of(variable, "/s/" + path), names.values());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PATH", "MY_HOME", "X_PATH", "BASH_ENV", "A_USER", "B_TMPDIR", "LD_LIBRARY_PATH", "IFS"})
    void variablesThatEveryProgramReadsAreNotReplaced(String name) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> names.addNamed(name, "/f"));
        assertEquals("files", e.field());
    }

    @Test
    void twoFilesNeverShareAName() {
        names.addNamed("DATA_INPUT", "/a");
        InvalidRequestException e =
                assertThrows(InvalidRequestException.class, () -> names.addNamed("OTHER_INPUT", "/b"));
        assertTrue(e.getMessage().contains("'DATA_INPUT' and 'OTHER_INPUT' would both be INPUT"), e.getMessage());
        names.addOwn("data.csv", "/c");
        assertThrows(InvalidRequestException.class, () -> names.addOwn("data_csv", "/d"));
        assertEquals("/a", names.values().get("INPUT"));
    }

    @Test
    void filesOfAWildcardThatWouldShareANameHaveNone() {
        names.addFound("東京.csv", "/s/東京.csv");
        names.addFound("大阪.csv", "/s/大阪.csv");
        names.addFound("a.csv", "/s/a.csv");
        names.addOwn("a-b", "/s/a-b");
        names.addFound("a_b", "/s/a_b");
        names.addFound("a-b", "/s/a-b");
        assertEquals(Map.of("FILE_A_CSV", "/s/a.csv", "FILE_A_B", "/s/a-b"), names.values());
        assertEquals(
                List.of(
                        "No variable for '東京.csv', '大阪.csv': each would be FILE__CSV; to have one, name the file, as in"
                                + " NAME=file",
                        "No variable for 'a_b': FILE_A_B is a-b; to have one, name the file, as in NAME=file"),
                names.notes());
    }

    @Test
    void manySharedNamesAreReportedInFewLines() {
        for (int i = 0; i < 20; i++) {
            for (String separator : List.of("-", "_", "+", "%", "=")) {
                names.addFound(i + separator + "x", "/s/" + i + separator + "x");
            }
        }
        assertEquals(Map.of(), names.values());
        assertEquals(6, names.notes().size());
        assertTrue(names.notes().get(0).startsWith("No variable for '0-x', '0_x', '0+x' and 2 more: each"));
        assertEquals(
                "No variable for more files, for 15 more names that they would share",
                names.notes().get(5));
    }

    @Test
    void theSameFileMayBeNamedTwice() {
        names.addOwn("data.csv", "/c");
        names.addOwn("data.csv", "/c");
        names.addNamed("DATA_CSV", "/c");
        assertEquals("/c", names.values().get("CSV"));
    }
}
