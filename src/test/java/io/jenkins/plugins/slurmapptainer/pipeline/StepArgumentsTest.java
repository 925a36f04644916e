package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What people write where a list is wanted. */
class StepArgumentsTest {
    private static Object bound(String name, Object written) {
        return StepArguments.checked(SlurmApptainerStep.class, Map.of(name, written))
                .get(name);
    }

    @Test
    void variablesMayBeAListOneTextOrAMap() {
        List<String> list = List.of("BUILD_TAG", "MODE=a, b");
        assertEquals(list, bound("env", list));
        assertEquals(List.of("BUILD_TAG", "JOB_NAME", "MODE=fast"), bound("env", "BUILD_TAG, JOB_NAME\nMODE=fast"));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("MODE", "a, b");
        map.put("N", 3);
        assertEquals(List.of("MODE=a, b", "N=3"), bound("env", map));
    }

    @Test
    void mountsMayBeAListOneTextOrAMap() {
        List<String> list = List.of("/a,b", "/c:/d:ro");
        assertEquals(list, bound("binds", list));
        assertEquals(List.of("/a", "/c:/d:ro", "/e"), bound("binds", "/a, /c:/d:ro\n/e"));
        assertEquals(List.of("/c:/d"), bound("binds", Map.of("/c", "/d")));
    }

    /** As a parameter of a build may have. */
    @Test
    void anElementIsOneMount() {
        for (Object written :
                List.of(List.of("/a\n/b"), new String[] {"/a\r/b"}, Map.of("/a", "/c\n/b"), Map.of("/a\n/b", ""))) {
            assertEquals(
                    "binds",
                    assertThrows(InvalidRequestException.class, () -> bound("binds", written))
                            .field());
        }
    }

    @Test
    void conditionsMayNameOtherJobs() {
        assertEquals("afterok:12", bound("dependency", "afterok:12"));
        assertEquals("afterok:12", bound("dependency", Map.of("afterok", 12)));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("afterok", List.of("12;east", 13));
        map.put("afterany", "14");
        assertEquals("afterok:12:13,afterany:14", bound("dependency", map));
        map.put("after", null);
        assertEquals("afterok:12:13,afterany:14,after:null", bound("dependency", map));
    }

    @Test
    void aCommaInAnOptionIsPartOfIt() {
        assertEquals(List.of("--exclude=a,b", "--nice=1"), bound("options", "--exclude=a,b\n--nice=1"));
    }

    @Test
    void filesMayBeAListAnArrayOrAMap() {
        assertEquals("a, b", bound("files", "a, b"));
        assertEquals("a\nX=b/**", bound("files", List.of("a", new StringBuilder("X=b/**"))));
        assertEquals("a\nb", bound("files", new String[] {"a", "b"}));
        assertEquals("a\nb", bound("files", new TreeSet<>(List.of("b", "a"))));
        assertEquals("X=a.csv", bound("files", Map.of("X", "a.csv")));
        assertEquals("a\nb", bound("outputs", List.of("a", " ", "b")));
        assertEquals("", bound("outputs", List.of()));
    }

    @Test
    void aCommaInAnElementOfAListIsPartOfTheName() {
        String text = (String) bound("files", List.of("a,b.csv", "X=c,d"));
        assertEquals(List.of(new FilePattern("", "a,b.csv"), new FilePattern("X", "c,d")), FilePattern.parse(text));
    }

    @Test
    void listsAreAcceptedWhereSlurmTakesSeveralValues() {
        assertEquals("a,b", bound("partition", List.of("a", "b")));
        assertEquals("gpu:2,shard:a:1", bound("gres", List.of("gpu:2", "shard:a:1")));
        assertEquals("gpu:2", bound("gres", Map.of("gpu", 2)));
        assertEquals("a100:2", bound("gpus", Map.of("a100", 2)));
        assertEquals("1-3,9", bound("array", List.of(1, 2, 9, 3)));
        assertEquals("0-3:2,9", bound("array", List.of("0-3:2", 9)));
        assertEquals("afterok:1,afterany:2", bound("dependency", List.of("afterok:1", "afterany:2")));
        assertEquals("python3 -u", bound("interpreter", List.of("python3", "-u")));
        Map<String, Object> options = new LinkedHashMap<>();
        options.put("nice", 100);
        options.put("requeue", true);
        options.put("--no-kill", false);
        assertEquals(List.of("--nice=100", "--requeue"), bound("options", options));
        Map<String, Object> binds = new LinkedHashMap<>();
        binds.put("/a", "");
        binds.put("/b", "/c:ro");
        assertEquals(List.of("/a", "/b:/c:ro"), bound("binds", binds));
    }

    @Test
    void numbersAndSwitchesMayBeText() {
        assertEquals("30", bound("time", 30));
        assertEquals("1.50", bound("time", new BigDecimal("1.50")));
        assertEquals(4, bound("cpusPerTask", " 4 "));
        assertEquals(4, bound("cpusPerTask", 4L));
        assertEquals(true, bound("exclusive", new StringBuilder("True")));
        assertEquals(
                Map.of(), StepArguments.checked(SlurmApptainerStep.class, Collections.singletonMap("image", null)));
    }

    @ParameterizedTest
    @MethodSource
    void impossibleValuesAreNamed(String name, Object written, String message) {
        assertEquals(
                message,
                assertThrows(InvalidRequestException.class, () -> bound(name, written))
                        .getMessage());
    }

    static Stream<Arguments> impossibleValuesAreNamed() {
        return Stream.of(
                Arguments.of("cpusPerTask", "four", "cpusPerTask: 'four' is not a whole number"),
                Arguments.of("nodes", new BigDecimal("2.5"), "nodes: '2.5' is not a whole number"),
                Arguments.of("nodes", List.of(2), "nodes: '[2]' is not a whole number"),
                Arguments.of("exclusive", "yes", "exclusive: 'yes' is neither true nor false"),
                Arguments.of("archive", 1, "archive: '1' is neither true nor false"),
                Arguments.of("image", true, "image: 'true' (Boolean) is no text"),
                Arguments.of("image", List.of("a"), "image: it cannot be a list; write one text"),
                Arguments.of("script", Map.of("a", "b"), "script: it cannot be a map; write one text"),
                Arguments.of(
                        "outputs", Map.of("A", "b"), "outputs: it cannot be a map; write a list, as in ['…', '…']"),
                Arguments.of("env", 5, "env: '5' is no list; write it as ['…', '…']"),
                Arguments.of("env", Collections.singletonMap("A", null), "env: 'A' is null, where a text is expected"),
                Arguments.of("env", Arrays.asList("A", null), "env: element 2 is null, where a text is expected"),
                Arguments.of("files", List.of(List.of("a")), "files: element 1 is a list, where a text is expected"));
    }
}
