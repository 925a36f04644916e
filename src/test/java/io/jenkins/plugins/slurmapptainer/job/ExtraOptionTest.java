package io.jenkins.plugins.slurmapptainer.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExtraOptionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--requeue",
                "--no-requeue",
                "--licenses=a:2,b",
                "--nice=100",
                "--mail-user=a@b.org",
                "--exclusive=user",
                "--nodelist=n[1-4,7]",
                "--mail-user=a.b@example.org",
                "--begin=2030-01-01T00:00:00",
                "--switches=1@00:10:00"
            })
    void acceptsOptionsOnTheList(String option) {
        assertEquals(option, ExtraOption.check("  " + option + " "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--output=/etc/passwd",
                "--error=x",
                "--input=x",
                "--export=ALL",
                "--chdir=/",
                "--uid=0",
                "--gid=0",
                "--wrap=id",
                "--wait",
                "--test-only",
                "--parsable",
                "--get-user-env",
                "--container=/x",
                "--open-mode=truncate",
                "--comment=jenkins:0",
                "--clusters=b",
                "--bb=x",
                "--bbf=/x",
                "--array-inx=1",
                "--hold",
                "--ignore-pbs",
                "--job-na=x",
                "--propagate=ALL",
                "--quiet",
                "--"
            })
    void refusesOptionsThatTakeOverOrRunSomething(String option) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ExtraOption.check(option));
        assertEquals("options", e.field());
        assertTrue(e.getMessage().contains("not allowed"), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "--job-name=x|use the parameter jobName instead",
                "--mem=1G|use the parameter memory instead",
                "--time=10|use the parameter time instead",
                "--exclusive|use the parameter exclusive instead",
                "-p group1|use the parameter partition instead",
                "requeue|write '--requeue'",
                "-N1|use the parameter nodes instead",
                "--licenses|this option needs a value",
                "--licenses=|this option needs a value",
                "--mail-user=a b|its value may have",
                "--nodelist=$(id)|its value may have",
                "--wckey=a'b|its value may have",
                "--nice=-x|its value may have",
                "-z|write it with two dashes",
                "--requeue=yes|this option has no value",
                "--nodelist n1|write '--nodelist=n1'",
                "--nodelist = n1|write '--nodelist=n1'",
                "--nodelist= n1|write '--nodelist=n1'",
                "nodelist=n1|write '--nodelist=n1'",
                "--nodelist='n1'|write '--nodelist=n1'",
                "'--nodelist=n1'|write '--nodelist=n1'",
                "-w n1|write '--nodelist=n1'",
                "-wn1|write '--nodelist=n1'",
                "-x n1,n2|write '--exclude=n1,n2'",
                "-k|write '--no-kill'",
                "--requeue --nice=5|write '--requeue', '--nice=5', each as an element of its own in the list",
                "--requeue -w n1|write '--requeue', '--nodelist=n1', each",
                "--mem 16G|use the parameter memory instead",
                "--nodlist=n1|did you mean '--nodelist=…'?",
                "--output o.txt|this option is not allowed"
            })
    void saysWhatToWriteInstead(String option, String advice) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ExtraOption.check(option));
        assertTrue(e.getMessage().contains(advice), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--wckey=a\n#SBATCH --uid=0",
                "--wckey=a\rb",
                "--wckey=a\0",
                "--requeue\n--uid=0",
                "--wckey=a\"b",
                "--wckey=a\\b",
                "--requeue x"
            })
    void nothingGetsOutOfItsLine(String option) {
        InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ExtraOption.check(option));
        assertEquals(1, e.getMessage().lines().count());
    }
}
