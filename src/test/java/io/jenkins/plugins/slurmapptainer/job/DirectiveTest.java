package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirectiveTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "JOB_NAME|test_job",
                "JOB_NAME|a",
                "JOB_NAME|build-12@main:x+y.z",
                "PARTITION|group1",
                "PARTITION|group1,debug",
                "PARTITION|_gpu.long",
                "ACCOUNT|physics",
                "QOS|normal",
                "NODES|1",
                "NODES|2-4",
                "NTASKS|128",
                "CPUS_PER_TASK|64",
                "MEMORY|16GB",
                "MEMORY|16G",
                "MEMORY|500M",
                "MEMORY|0",
                "MEMORY|4096",
                "MEMORY|1t",
                "TIME|01:00:00",
                "TIME|60",
                "TIME|0",
                "TIME|10:30",
                "TIME|1-0",
                "TIME|7-12:30",
                "TIME|2-00:00:01",
                "TIME|UNLIMITED",
                "TIME|infinite",
                "GPUS|1",
                "GPUS|a100:2",
                "GRES|gpu:a100:2,lscratch:10",
                "CONSTRAINT|avx512&ib",
                "CONSTRAINT|[a|b*2]",
                "RESERVATION|maintenance",
                "EXCLUSIVE|true",
                "ARRAY|0-99%10",
                "ARRAY|1,3,5-7:2",
                "ARRAY|7",
                "DEPENDENCY|afterok:12:13,afterany:14",
                "DEPENDENCY|singleton",
                "DEPENDENCY|afterok:12?afternotok:13_4",
                "DEPENDENCY|after:12+30,aftercorr:14",
                "BEGIN|now",
                "BEGIN|now+1hour",
                "BEGIN|now+90",
                "BEGIN|20:00",
                "BEGIN|8:30:15PM",
                "BEGIN|tomorrow",
                "BEGIN|013127",
                "BEGIN|01/31/27",
                "BEGIN|2027-01-31",
                "BEGIN|2027-01-31T08:00:00"
            })
    void acceptsWhatSlurmUnderstands(Directive directive, String value) {
        assertEquals(value, directive.check(value));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            MEMORY|16|memory: '16' is 16 MB to Slurm, where others read 16 GB; write '16M' or '16G'
            TIME|1:30|time: '1:30' is 1 minute and 30 seconds to Slurm, where others read 1 hour and 30 minutes; write '00:01:30' or '01:30:00'
            TIME|90:00|time: '90:00' is 90 minutes and 0 seconds to Slurm, where others read 90 hours and 0 minutes; write '01:30:00' or '90:00:00'
            """)
    void ambiguousValuesAreRefused(Directive directive, String value, String message) {
        assertEquals(value, directive.check(value));
        assertEquals(
                message,
                assertThrows(InvalidRequestException.class, () -> directive.checkWritten(value))
                        .getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "MEMORY,0",
        "MEMORY,16G",
        "MEMORY,16mb",
        "TIME,30",
        "TIME,00:01:30",
        "TIME,1-12",
        "TIME,1-2:30",
        "NODES,16"
    })
    void unambiguousValuesAreAccepted(Directive directive, String value) {
        assertEquals(value, directive.checkWritten(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "JOB_NAME|two words",
                "JOB_NAME|-x",
                "JOB_NAME|a;b",
                "JOB_NAME|a%j",
                "JOB_NAME|ü",
                "PARTITION|group 1",
                "PARTITION|`a\nb`",
                "PARTITION|$(id)",
                "PARTITION|-p",
                "ACCOUNT|a,b",
                "QOS|a b",
                "NODES|0",
                "NODES|-1",
                "NODES|two",
                "NODES|1-",
                "NODES|99999999",
                "NTASKS|1.5",
                "CPUS_PER_TASK|4 4",
                "MEMORY|16 GB",
                "MEMORY|-1",
                "MEMORY|1.5G",
                "MEMORY|16GiB",
                "MEMORY|G",
                "TIME|1h",
                "TIME|01:60:00",
                "TIME|1-",
                "TIME|-5",
                "TIME|1:2:3:4",
                "TIME|never",
                "GPUS|0",
                "GPUS|a100:",
                "GRES|gpu a100",
                "CONSTRAINT|a b",
                "CONSTRAINT|a;b",
                "EXCLUSIVE|yes",
                "ARRAY|1-",
                "ARRAY|a",
                "ARRAY|1%0",
                "DEPENDENCY|afterok:12;id",
                "DEPENDENCY|12",
                "DEPENDENCY|afterok:",
                "DEPENDENCY|afterok:null",
                "DEPENDENCY|afterok:12,afterany:13?singleton",
                "DEPENDENCY|later:12",
                "BEGIN|now+1fortnight",
                "BEGIN|4pm",
                "BEGIN|next week",
                "BEGIN|2027-01-31 08:00"
            })
    void refusesWhatSlurmDoesNotUnderstandAndGivesAnExample(Directive directive, String value) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> directive.check(value));
        assertEquals(directive.field(), e.field());
        assertTrue(e.getMessage().startsWith(directive.field() + ": '"), e.getMessage());
        assertFalse(e.getMessage().contains("\n"), "one line: " + e.getMessage());
    }

    @ParameterizedTest
    @EnumSource(Directive.class)
    void neverLetsALineBreakOrAQuoteThrough(Directive directive) {
        for (String evil :
                new String[] {"1\n#SBATCH --uid=0", "1\r", "a\"b", "a'b", "a b", "$x", "`id`", "\\", "\0", ""}) {
            assertThrows(InvalidRequestException.class, () -> directive.check(evil), evil);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jobName", "partition", "nodes", "cpusPerTask", "memory", "time", "array", "gpus"})
    void aDirectiveIsFoundByItsParameter(String field) {
        assertEquals(
                1,
                Arrays.stream(Directive.values())
                        .filter(d -> d.field().equals(field))
                        .count());
    }

    @Test
    void onlyExclusiveHasNoValue() {
        assertTrue(Directive.EXCLUSIVE.isFlag());
        assertEquals(
                1, Arrays.stream(Directive.values()).filter(Directive::isFlag).count());
    }

    @Test
    void noTwoShareANameOrAnOption() {
        assertEquals(
                Directive.values().length,
                Arrays.stream(Directive.values())
                        .map(Directive::field)
                        .distinct()
                        .count());
        assertEquals(
                Directive.values().length,
                Arrays.stream(Directive.values())
                        .map(Directive::option)
                        .distinct()
                        .count());
    }
}
