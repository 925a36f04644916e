package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What people write where a list is wanted. */
class StepArgumentsTest {
    private static Object bound(String name, Object written) {
        return StepArguments.checked(SlurmApptainerStep.class, Map.of(name, written))
                .get(name);
    }

    @Test
    void variablesAsAListAsOneTextAndAsAMap() {
        List<String> list = List.of("BUILD_TAG", "MODE=a, b");
        assertEquals(list, bound("env", list));
        assertEquals(List.of("BUILD_TAG", "JOB_NAME", "MODE=fast"), bound("env", "BUILD_TAG, JOB_NAME\nMODE=fast"));
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("MODE", "a, b");
        map.put("N", 3);
        assertEquals(List.of("MODE=a, b", "N=3"), bound("env", map));
    }

    @Test
    void mountsAsAListAsOneTextAndAsAMap() {
        List<String> list = List.of("/a,b", "/c:/d:ro");
        assertEquals(list, bound("binds", list));
        assertEquals(List.of("/a", "/c:/d:ro", "/e"), bound("binds", "/a, /c:/d:ro\n/e"));
        assertEquals(List.of("/c:/d"), bound("binds", Map.of("/c", "/d")));
    }

    @Test
    void conditionsOnOtherJobs() {
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
}
