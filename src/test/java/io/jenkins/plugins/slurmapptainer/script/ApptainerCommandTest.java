package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApptainerCommandTest {
    @Test
    void theProgramFollowsTheImageAndNothingOfTheHostGoesIn() {
        List<String> argv = ApptainerCommand.exec("apptainer", "/i/p.sif", "/w", List.of("/bin/sh", "-e"));
        assertEquals(List.of("apptainer", "exec"), argv.subList(0, 2));
        assertEquals(List.of("/i/p.sif", "/bin/sh", "-e"), argv.subList(argv.size() - 3, argv.size()));
        assertTrue(argv.containsAll(List.of("--cleanenv", "--no-home", "--no-eval")), argv.toString());
        assertEquals("/w", argv.get(argv.indexOf("--pwd") + 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "/w|--bind|/w",
                "/a b'$x%j ü|--bind|/a b'$x%j ü",
                "/a,b|--mount|type=bind,\"source=/a,b\",\"destination=/a,b\"",
                "/a:b|--mount|type=bind,\"source=/a:b\",\"destination=/a:b\"",
                "/a\"b|--mount|type=bind,\"source=/a\"\"b\",\"destination=/a\"\"b\""
            })
    void commasColonsAndQuotesInAPathStayParts(String directory, String option, String value) {
        List<String> argv = ApptainerCommand.exec("apptainer", "/i/p.sif", directory, List.of("bash"));
        assertEquals(value, argv.get(argv.indexOf(option) + 1));
    }
}
