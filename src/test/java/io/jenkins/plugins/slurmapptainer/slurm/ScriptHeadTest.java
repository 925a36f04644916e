package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.slurm.SbatchHeads.Form;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScriptHeadTest {
    static Stream<Form> forms() throws IOException {
        return SbatchHeads.forms().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void everyFormMeansWhatTheTableSays(Form form) {
        if (form.action().equals("error")) {
            InvalidRequestException e = assertThrows(InvalidRequestException.class, () -> ScriptHead.of(form.script()));
            assertTrue(e.getMessage().startsWith("script: line 2, '" + form.line() + "': "), e.getMessage());
            return;
        }
        ScriptHead head = ScriptHead.of(form.script());
        assertEquals(form.settings(), settings(head));
        assertEquals(
                form.action().equals("tell"),
                !head.notices().isEmpty(),
                () -> head.notices().toString());
        assertEquals(
                form.action().equals("tell") ? 1 : 0,
                head.notices().size(),
                () -> head.notices().toString());
        head.notices()
                .forEach(notice ->
                        assertTrue(notice.contains("line 2, '" + form.line().strip() + "'"), notice));
    }

    private static List<String> settings(ScriptHead head) {
        return head.settings().stream()
                .map(setting -> setting.parameter() + " " + setting.value())
                .collect(Collectors.toList());
    }

    private static List<String> settings(String... lines) {
        return settings(ScriptHead.of(String.join("\n", lines)));
    }

    private static List<String> notices(String... lines) {
        return ScriptHead.of(String.join("\n", lines)).notices();
    }

    private static String error(String... lines) {
        return assertThrows(InvalidRequestException.class, () -> settings(lines))
                .getMessage();
    }

    @Test
    void theHeadEndsWithTheFirstCommand() {
        assertEquals(
                List.of("time 5", "nodes 2"),
                settings(
                        "#!/bin/bash",
                        "",
                        "# note",
                        "#SBATCH -t5",
                        "  # more",
                        "\t",
                        "#SBATCH -N2",
                        "date",
                        "#SBATCH -n 3"));
        assertEquals(
                List.of("The script's line 4, '#SBATCH -n 3', is below the first command (line 3), where sbatch reads"
                        + " no #SBATCH lines; move it above"),
                notices("#!/bin/bash", "#SBATCH -t5", "date", "#SBATCH -n 3"));
        assertEquals(
                List.of("The script's line 4, '#SBATCH -n 3', and 1 more are below the first command (line 3), where"
                        + " sbatch reads no #SBATCH lines; move them above"),
                notices("#!/bin/bash", "#SBATCH -t5", "date", "#SBATCH -n 3", "#SBATCH --mem=4G"));
    }

    @Test
    void aScriptWithoutAnInterpretersLineHasAHead() {
        assertEquals(List.of("time 5"), settings("#SBATCH -t 5", "date"));
        assertEquals(List.of("time 5"), settings("#SBATCH -t 5"));
        assertEquals(List.of(), settings(""));
    }

    /** As they come from another system's editor or from a Jenkinsfile between three quotes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\uFEFF#!/bin/bash\r\n#SBATCH -t 5\r\n#SBATCH --mem 4G # enough\r\ndate\r\n",
                "\n#!/bin/bash\n#SBATCH -t 5\n#SBATCH --mem=4G\ndate\n",
                "\n    #!/bin/bash\n    #SBATCH -t 5\n    #SBATCH --mem=4G\n    date\n",
                "\n\t#!/bin/bash -e\n\t#SBATCH -t 5 --mem=4G\n\tdate",
                "#!/usr/bin/env python3\n#SBATCH -t 5\n#SBATCH --mem=4G\nprint(1)\n"
            })
    void theWayAScriptIsEmbeddedHidesNothing(String script) {
        assertEquals(List.of("time 5", "memory 4G"), settings(script));
    }

    @Test
    void onlyTheIndentationOfTheInterpretersLineIsLeftOut() {
        assertEquals(List.of(), settings("#!/bin/bash", "  #SBATCH -t 5"));
        assertEquals(List.of(), settings("  #!/bin/bash", "    #SBATCH -t 5"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#SBATCH--time=5|time 5",
                "#SBATCH\t-t\t5|time 5",
                "#SBATCH -t5#note|time 5",
                "#SBATCH --job-name='a # b'|jobName a # b",
                "#SBATCH -J a\\ b|jobName a b",
                "#SBATCH -J \"say \\\"a\\\"\"|jobName say \"a\"",
                "#SBATCH -J it\\'s|jobName it's",
                "#SBATCH -J=a|jobName =a",
                "#SBATCH -J größe|jobName größe",
                "#SBATCH --time=5 \\|time 5",
                "#SBATCH --part gpu|partition gpu",
                "#SBATCH --cpus-per-t=3|cpusPerTask 3",
                "#SBATCH --mail-u=a@b|options --mail-user=a@b",
                "#SBATCH -Ot5|options --overcommit, time 5",
                "#SBATCH -sN2 -n4|options --oversubscribe, nodes 2, ntasks 4",
                "#SBATCH --time=1:30|time 00:01:30",
                "#SBATCH --time=90:75|time 01:31:15",
                "#SBATCH --time=-1|time UNLIMITED",
                "#SBATCH --time=0|time 0",
                "#SBATCH --mem=0|memory 0",
                "#SBATCH --mem=512k|memory 512K",
                "#SBATCH --mem-per-cpu=2000|options --mem-per-cpu=2000M",
                "#SBATCH --array=[1-3]%2|array 1-3%2",
                "#SBATCH --nice|options --nice=100",
                "#SBATCH --nice=5|options --nice=5",
                "#SBATCH --nice=-5|options --nice=-5",
                "#SBATCH --cpus-per-task=04|cpusPerTask 4",
                "#SBATCH -n +2|ntasks 2",
                "#SBATCH -N 02|nodes 2",
                "#SBATCH -N 1k|nodes 1024",
                "#SBATCH -N 1-2M|nodes 1-2097152",
                "#SBATCH --nodes=01-04|nodes 1-4",
                "#SBATCH --mem=+5G|memory 5G",
                "#SBATCH --time=00:90:00|time 01:30:00",
                "#SBATCH --time=1-00:90|time 25:30:00",
                "#SBATCH --time=2:00:00|time 2:00:00",
                "#SBATCH --array=1,2%02|array 1,2%2",
                "#SBATCH --begin=\"NOW + 1hour\"|begin now+1hour",
                "#SBATCH --begin=Noon|begin noon",
                "#SBATCH --exclusive=user|options --exclusive=user",
                "#SBATCH --exclusive=exclusive|exclusive true",
                "#SBATCH --signal=SIGUSR1|signal USR1",
                "#SBATCH --signal=12@30|signal USR2@30",
                "#SBATCH --signal=b:term@30|signal TERM@30",
                "#SBATCH --begin=2027-01-31T08:00|begin 2027-01-31T08:00",
                "#SBATCH -t 5 -t 6|time 6",
                "#SBATCH --licenses=a --nice=1 --licenses=b|options --nice=1, options --licenses=b",
                "#SBATCH --export=\"A=1,B='x, y',C=\"|env A=1, env B=x, y, env C=",
                "#SBATCH --|``",
                "#SBATCH|``",
                "#SBATCH # nothing|``"
            })
    void wordsAndOptionsAreReadAsSbatchReadsThem(String line, String settings) {
        assertEquals(settings, String.join(", ", settings("#!/bin/bash", line, "date")));
    }

    /** It would end the batch script and not reach the program. */
    @ParameterizedTest
    @ValueSource(strings = {"9@60", "KILL@60", "B:QUIT@30"})
    void aSignalThatCannotBePassedOnIsAnError(String signal) {
        assertTrue(error("#SBATCH --signal=" + signal)
                .contains("is not TERM, USR1, USR2, INT or HUP, which are handed on to the program, and seconds"));
    }

    @Test
    void aValueMayStandInTheNextLine() {
        assertEquals(List.of("partition gpu"), settings("#SBATCH --partition", "#SBATCH gpu"));
        assertEquals(List.of("jobName -t"), settings("#SBATCH -J", "#SBATCH -t", "date"));
    }

    @Test
    void theOldWordCountsAndIsReported() {
        assertEquals(List.of("time 5"), settings("#SLURM -t 5"));
        assertEquals(
                List.of("The script's line 1, '#SLURM -t 5' counts, but write #SBATCH instead of #SLURM"),
                notices("#SLURM -t 5", "#SLURM -n 2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#SBATCH --tiem=10|sbatch has no option --tiem; did you mean '--mem' or '--time'?",
                "#SBATCH --mem-per=1|several options begin with --mem-per; did you mean '--mem-per-cpu' or '--mem-per-gpu'?",
                "#SBATCH -z|sbatch has no option -z",
                "#SBATCH --time|--time needs a value",
                "#SBATCH -t|--time needs a value",
                "#SBATCH --requeue --contiguous=1|--contiguous has no value",
                "#SBATCHING is fun|'ING' is no option to sbatch",
                "#SBATCH 5|'5' is no option to sbatch; options begin with '-' or '--'",
                "#SBATCH: -t 5|sbatch does not take a ':' here",
                "#SBATCH –time=5|the dash is a typographic one",
                "#SBATCH -J \"a|the quote \" is not closed",
                "#SBATCH hetjob|heterogeneous",
                "#SBATCH packjob|heterogeneous",
                "#SBATCH -N=2|after a one-letter option, sbatch reads '=' as part of the value",
                "#SBATCH --mem=$MEM|sbatch does not replace variables in #SBATCH lines",
                "#SBATCH --begin=Tomorrow|'Tomorrow' is not a time",
                "#SBATCH --hold|a held job waits until somebody releases it",
                "#SBATCH --test-only|write dryRun: true in the step",
                "#SBATCH -M other|name the cluster with the step's parameter cluster",
                "#SBATCH --chdir=data|no absolute path",
                "#SBATCH --chdir=job|no absolute path",
                "#SBATCH --chdir=/a/../b|neither",
                "#SBATCH --bb=x|this option is not allowed; allowed are",
                "#SBATCH --nice=$(id)|its value may have",
                "#SBATCH --gid=0|a job runs as the user",
                "#SBATCH --input=a|standard input stays empty",
                "#SBATCH --container=/x|parameter image"
            })
    void anOptionThatCannotBeCarriedOutNamesItsLine(String line, String why) {
        String message = error("#!/bin/bash", "#SBATCH -n 1", line);
        assertTrue(message.startsWith("script: line 3, '" + line + "': "), message);
        assertTrue(message.contains(why), message);
    }

    @Test
    void aScriptDoesNotChooseTheBuildsVariables() {
        ScriptHead head = ScriptHead.of("#SBATCH --export=ALL,TOKEN,MODE=fast\ndate");
        assertEquals(List.of("env MODE=fast"), settings(head));
        assertEquals(2, head.notices().size(), head.notices()::toString);
        assertTrue(head.notices().get(1).contains("'TOKEN' of --export does not count"), head.notices()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"#SBATHC -n 2", "#sbatch -n 2", "#SBACTH --nodes=1", "#SBTACH --nodes=1"})
    void aMisspeltHeadIsReported(String line) {
        assertEquals(
                List.of("The script's line 1, '" + line
                        + "' is a comment to sbatch and does not count; did you mean #SBATCH?"),
                notices(line, "date"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"# SBATCH -n 2", "##SBATCH -n 2", "#MSUB -l x", "#Batch of samples", "#!SBATCH -n 2"})
    void otherCommentsAreComments(String line) {
        assertEquals(List.of(), notices(line, "date"));
        assertEquals(List.of(), settings(line, "date"));
    }

    @Test
    void aScriptThatWritesAnotherOneGetsNoNotice() {
        assertEquals(
                List.of(),
                notices("#!/bin/bash", "cat >job.sh <<'EOF'", "#!/bin/bash", "#SBATCH -n 2", "EOF", "sbatch job.sh"));
        assertEquals(
                1, notices("#!/usr/bin/perl", "print 1 << x;", "#SBATCH -n 2").size());
    }

    @Test
    void linesForOtherSchedulersAreReportedOnce() {
        assertEquals(
                List.of("The script's line 2, '#PBS -q long' is for another scheduler and does not count; write it for"
                        + " sbatch, as '#SBATCH --time=1:00:00'"),
                notices("#!/bin/bash", "#PBS -q long", "date"));
        assertEquals(
                List.of(
                        "The script's line 2, '#PBS -q long' and others of its kind are for another scheduler and do not"
                                + " count; write them for sbatch, as '#SBATCH --time=1:00:00'"),
                notices("#!/bin/bash", "#PBS -q long", "#PBS -l walltime=1:00:00", "date"));
    }

    @Test
    void aHostileScriptIsReadFastAndReportedBriefly() {
        String misspelt = "#SBTACH --nodes=1\n".repeat(20_000);
        String here = "a <<A\n".repeat(100_000);
        String late = "#SBATCH -n 1\n".repeat(20_000);
        assertTimeoutPreemptively(Duration.ofSeconds(60), () -> {
            assertTrue(notices(misspelt + here + "A\n" + late).size() <= 22);
            assertTrue(notices(here + late).size() <= 22);
            assertEquals(List.of("ntasks 1"), settings(late));
        });
    }
}
