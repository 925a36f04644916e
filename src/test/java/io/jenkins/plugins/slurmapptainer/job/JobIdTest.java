package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdTest {
    @ParameterizedTest
    @CsvSource({
        "1,1,''",
        "123,123,''",
        "123_4,123_4,''",
        "123+1,123+1,''",
        "123_4+1,123_4+1,''",
        "4294967295,4294967295,''",
        "12345;cluster2,12345,cluster2",
        "12_3;a.b-c_d,12_3,a.b-c_d"
    })
    void readsWhatSlurmPrints(String printed, String text, String cluster) {
        JobId id = JobId.parse(printed).orElseThrow();
        assertEquals(text, id.text());
        assertEquals(cluster, id.cluster());
        assertEquals(printed, id.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "012",
                "-1",
                "12 ",
                " 12",
                "12a",
                "12;",
                "12;a b",
                "12;a;b",
                ";a",
                "123_",
                "123_[1-10%2]",
                "12345678901",
                "1,2",
                "12\n",
                "١٢",
                "--me"
            })
    void otherTextIsNoId(String printed) {
        assertEquals(Optional.empty(), JobId.parse(printed));
    }

    @Test
    void anIdCannotBeMadeOfOtherText() {
        assertThrows(IllegalArgumentException.class, () -> new JobId("--me", ""));
        assertThrows(IllegalArgumentException.class, () -> new JobId("12", "a b"));
    }
}
