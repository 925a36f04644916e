package io.jenkins.plugins.slurmapptainer.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionOrderTest {
    @ParameterizedTest
    @CsvSource({
        "3.9,3.11",
        "3.11,3.11.1",
        "3.11,3.12",
        "'',0",
        "'',dev",
        "4.0rc1,4.0",
        "4.0-alpha.2,4.0-beta.1",
        "4.0-dev,4.0a1",
        "4.0b2,4.0rc1",
        "3.12,4.0rc1",
        "12.1,12.1-devel",
        "12.1-devel,12.1.1",
        "v1.9,1.10",
        "1.9,v1.10",
        "22.04,24.04",
        "2024-09-30,2024-10-01",
        "9,99999999999999999999999999",
        "1.0-cuda11,1.0-cuda12",
        "latest,1"
    })
    void anOlderVersionComesFirst(String older, String newer) {
        assertTrue(VersionOrder.INSTANCE.compare(older, newer) < 0);
        assertTrue(VersionOrder.INSTANCE.compare(newer, older) > 0);
    }

    @Test
    void isATotalOrder() {
        List<String> versions =
                List.of("", "1.0rc1", "1.0", "1,0", "1.0-x", "1.0.0", "1.0.1", "v2", "2", "10", "ü", "-");
        for (String a : versions) {
            for (String b : versions) {
                int order = VersionOrder.INSTANCE.compare(a, b);
                assertEquals(a.equals(b), order == 0, a + " and " + b);
                assertEquals(Integer.signum(order), -Integer.signum(VersionOrder.INSTANCE.compare(b, a)));
            }
        }
        List<String> sorted = new ArrayList<>(versions);
        for (int i = 0; i < 50; i++) {
            Collections.shuffle(sorted);
            List<String> again = new ArrayList<>(sorted);
            again.sort(VersionOrder.INSTANCE);
            sorted.sort(VersionOrder.INSTANCE);
            assertEquals(sorted, again);
        }
    }
}
