package io.jenkins.plugins.slurmapptainer.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A little of what {@code make fuzz} does, always the same. */
@Timeout(300)
class FuzzTest {
    private static final long MILLIS_EACH = 200;

    @Test
    void everyReaderAcceptsOrRefusesItsInput() throws Exception {
        Fuzzer fuzzer = new Fuzzer(1);
        for (FuzzTarget target : FuzzTargets.all()) {
            fuzzer.run(target, MILLIS_EACH);
        }
        assertEquals(List.of(), fuzzer.failures());
    }
}
