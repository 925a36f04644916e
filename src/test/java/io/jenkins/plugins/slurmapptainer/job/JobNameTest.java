package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JobNameTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "test_job|test_job", "folder » job #12|folder_job_12", "feature/a b|feature_a_b", "`  `|jenkins",
                        "``|jenkins",
                "日本|jenkins", "-x|x", "..a..|a..", "grün|gr_n", "a\u0000b|a_b"
            })
    void aNameIsMadeOfAnyText(String text, String name) {
        assertEquals(name, JobName.derivedFrom(text));
    }

    @Test
    void aLongNameKeepsItsEnd() {
        String name = JobName.derivedFrom("folder/".repeat(50) + "job #7");
        assertTrue(name.length() <= 128, name);
        assertTrue(name.endsWith("folder_job_7"), name);
    }

    @Test
    void aDerivedNameIsAlwaysAccepted() {
        Random random = new Random(7);
        for (int i = 0; i < 2_000; i++) {
            String text = random.ints(random.nextInt(300), 0, 0x250)
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            Directive.JOB_NAME.check(JobName.derivedFrom(text));
        }
    }
}
