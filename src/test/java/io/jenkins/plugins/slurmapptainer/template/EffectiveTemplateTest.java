package io.jenkins.plugins.slurmapptainer.template;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.NamePatterns;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a build gets from a template, and what it may set instead. */
class EffectiveTemplateTest {
    private static OptionRule rule(String option, String value, String min, String max, String... allowed) {
        return new OptionRule(option, value, min, max, List.of(allowed), false);
    }

    private static OptionRule fixed(String option, String value) {
        return new OptionRule(option, value, "", "", List.of(), true);
    }

    private static Map<String, String> complete(Map<String, String> asked, List<String> further, OptionRule... rules) {
        return EffectiveTemplate.of(List.of(new Template("t", "", "", NamePatterns.of(""), List.of(rules))))
                .complete(asked, further);
    }

    private static String refusal(Map<String, String> asked, List<String> further, OptionRule... rules) {
        return assertThrows(InvalidRequestException.class, () -> complete(asked, further, rules))
                .getMessage();
    }

    @Test
    void requiredOptionsMayComeFromTheScript() {
        OptionRule open = rule("time", "", "", "");
        EffectiveTemplate template = EffectiveTemplate.of(List.of(
                new Template("t", "", "", NamePatterns.of(""), List.of(open, OptionRule.of("partition", "gpu")))));
        assertEquals(Map.of("partition", "gpu"), template.complete(Map.of(), List.of(), false));
        assertThrows(InvalidRequestException.class, () -> template.complete(Map.of(), List.of(), true));
    }

    @Test
    void onlyWhatTheBuildLeavesOpenIsSet() {
        assertEquals(
                Map.of("partition", "gpu", "image", "python"),
                complete(
                        Map.of("time", "5"),
                        List.of(),
                        OptionRule.of("partition", "gpu"),
                        OptionRule.of("time", "10"),
                        OptionRule.of("image", "python")));
    }

    @ParameterizedTest
    @CsvSource({
        "nodes, 2, 4, 2, 4, 1, 5",
        "nodes, 2, 4, 2-3, 3-4, 1-3, 3-5",
        "ntasks, 2, 16, 9, 10, 1, 17",
        "cpusPerTask, 2, 16, 2, 16, 1, 17",
        "memory, 1G, 8G, 1024M, 8192M, 1023M, 9G",
        "memory, 1G, 1T, 2000, 1024G, 1000, 0",
        "time, 10, 1-0, 600, 23:59:59, 9:59, unlimited",
        "time, 00:10:00, 24:00:00, 1-0, 00:10:01, 5, 1-0:1",
        "gpus, 1, 2, 1, a100:2, 0, v100:3"
    })
    void aRangeIncludesBothEnds(
            String option, String min, String max, String good, String alsoGood, String less, String more) {
        OptionRule rule = rule(option, min, min, max);
        assertEquals(Map.of(), complete(Map.of(option, good), List.of(), rule));
        assertEquals(Map.of(), complete(Map.of(option, alsoGood), List.of(), rule));
        for (String wrong : List.of(less, more)) {
            assertThrows(InvalidRequestException.class, () -> complete(Map.of(option, wrong), List.of(), rule), wrong);
        }
    }

    @Test
    void aValueOutOfRangeIsReportedWithTheRange() {
        assertEquals(
                "memory: '64G' is more than the '32G' that template t allows",
                refusal(Map.of("memory", "64G"), List.of(), rule("memory", "16G", "1G", "32G")));
        assertEquals(
                "cpusPerTask: '1' is less than the '2' that template t allows",
                refusal(Map.of("cpusPerTask", "1"), List.of(), rule("cpusPerTask", "4", "2", "")));
        assertEquals(
                "partition: 'debug' is none of gpu, gpu-*, which template t allows",
                refusal(
                        Map.of("partition", "gpu-a,debug"),
                        List.of(),
                        rule("partition", "gpu", "", "", "gpu", "gpu-*")));
        assertEquals(
                "partition: template t fixes it to 'gpu'",
                refusal(Map.of("partition", "cpu"), List.of(), fixed("partition", "gpu")));
        assertEquals(
                "time: template t leaves it to the build; it wants time to be set (at most 4:00:00)",
                refusal(Map.of(), List.of(), rule("time", "", "", "4:00:00")));
        assertEquals(
                "time: 'soon' is not minutes, 'hh:mm:ss' or 'days-hh:mm:ss', for example '01:30:00'",
                refusal(Map.of("time", "soon"), List.of(), rule("time", "1", "", "10")));
    }

    @Test
    void listedValuesCanBeChosen() {
        OptionRule partition = rule("partition", "gpu", "", "", "gpu", "gpu-*");
        assertEquals(Map.of(), complete(Map.of("partition", "gpu,gpu-big"), List.of(), partition));
        assertEquals(Map.of(), complete(Map.of("partition", "gpu"), List.of(), fixed("partition", "gpu")));
        assertEquals(Map.of(), complete(Map.of("cluster", "b"), List.of(), rule("cluster", "a", "", "", "a", "b")));
    }

    @ParameterizedTest
    @CsvSource({
        "memory, 4G, --mem-per-cpu=2G",
        "gpus, 1, --gpus-per-node=2",
        "ntasks, 4, --ntasks-per-node=2",
        "cpusPerTask, 4, --cpus-per-gpu=2"
    })
    void equivalentOptionsAreUsedOrRefused(String option, String value, String other) {
        assertEquals(Map.of(), complete(Map.of(), List.of(other), OptionRule.of(option, value)));
        String name = other.substring(0, other.indexOf('='));
        assertEquals(
                "options: " + name + " cannot be used with template t, which says what " + option + " may be; use "
                        + option + " instead",
                refusal(Map.of(), List.of(other), fixed(option, value)));
        assertThrows(
                InvalidRequestException.class,
                () -> complete(Map.of(option, value), List.of(other), rule(option, value, "", value)));
    }

    @Test
    void onlyOneOptionRequestsGpus() {
        assertEquals(Map.of(), complete(Map.of("gres", "gpu:2"), List.of(), OptionRule.of("gpus", "1")));
        assertEquals(Map.of("gpus", "1"), complete(Map.of("gres", "tmp:2"), List.of(), OptionRule.of("gpus", "1")));
        assertEquals(
                "gres: gres cannot be used with template t, which says what gpus may be; use gpus instead",
                refusal(Map.of("gpus", "1", "gres", "gpu:8"), List.of(), rule("gpus", "1", "", "2")));
    }

    @Test
    void anInheritedFlagCanBeSwitchedOff() {
        Template base = new Template("base", "", "", NamePatterns.of(""), List.of(OptionRule.of("exclusive", "true")));
        Template shared = new Template("shared", "base", "", NamePatterns.of(""), List.of(fixed("exclusive", "false")));
        EffectiveTemplate template = EffectiveTemplate.of(List.of(shared, base));
        assertEquals(Map.of("exclusive", "false"), template.complete(Map.of(), List.of()));
        assertThrows(InvalidRequestException.class, () -> template.complete(Map.of("exclusive", "true"), List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            binds            | /scratch       | /scratch, /data | /data:/in:ro                | /scratch/a,/data/b        | /etc             | '/etc'
            binds            | /scratch:/work | /scratch:/work  | /scratch:/work              | /scratch:/work            | /d              | '/d'
            workingDirectory | job            | job, /scratch   | /scratch/team               | job                       | workspace        | 'workspace'
            interpreter      | python3 -u     | python3*, bash  | python3.11 -O               | bash                      | perl             | 'perl'
            home             | job            | job             | job                         | job                       | account          | 'account'
            nv               | false          | false           | false                       | false                     | true             | 'true'
            """)
    void optionsOfTheRunHaveListsOfWhatMayBeChosen(
            String option, String value, String allowed, String good, String alsoGood, String wrong, String named) {
        OptionRule rule = rule(option, value, "", "", allowed.split(", "));
        rule.checkWhole();
        assertEquals(Map.of(), complete(Map.of(option, good), List.of(), rule));
        assertEquals(Map.of(), complete(Map.of(option, alsoGood), List.of(), rule));
        assertEquals(
                option + ": '" + named + "' is none of " + allowed + ", which template t allows",
                refusal(Map.of(option, wrong), List.of(), rule));
    }

    @Test
    void mountsAreTheSameWhetherTheyStandInLinesOrBetweenCommas() {
        OptionRule binds = fixed("binds", "/scratch, /data:/in:ro");
        assertEquals(Map.of("binds", "/scratch, /data:/in:ro"), complete(Map.of(), List.of(), binds));
        assertEquals(Map.of(), complete(Map.of("binds", "/scratch\n/data:/in:ro"), List.of(), binds));
        assertEquals(
                "binds: template t fixes it to '/scratch, /data:/in:ro'",
                refusal(Map.of("binds", "/data:/in"), List.of(), binds));
    }

    @Test
    void theBuildsDriversReplaceThoseOfAnotherMaker() {
        OptionRule nv = OptionRule.of("nv", "true");
        assertEquals(Map.of("nv", "true"), complete(Map.of(), List.of(), nv));
        assertEquals(Map.of(), complete(Map.of("rocm", "true"), List.of(), nv));
        assertEquals(
                "nv: template t fixes it to 'false'", refusal(Map.of("nv", "true"), List.of(), fixed("nv", "false")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            nv               | yes           | neither true nor false
            containall       | 1             | neither true nor false
            binds            | scratch       | is not of the form /path
            binds            | /scratch, /:/ | not of the form
            workingDirectory | here          | neither 'job' nor 'workspace'
            begin            | soon          | is not a time
            """)
    void valuesOfTheRunAreChecked(String option, String value, String words) {
        String said = assertThrows(
                        InvalidRequestException.class,
                        () -> OptionRule.of(option, value).checkWhole())
                .getMessage();
        assertEquals(
                true, said.startsWith(option + ": ") && (said.contains(words) || said.contains("whole image")), said);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            time      | 10  | 20  | 30  | less than
            time      | 10  | x   |     | is not minutes
            memory    | 4G  | 8G  | 2G  | is more than the most
            partition | gpu | a   |     | has no least and most
            image     | gpu |     | 3   | has no least and most
            binds     | /a  | 1   |     | has no least and most
            nv        | true |    | 1   | has no least and most
            """)
    void rulesThatMakeNoSenseAreRefused(String option, String value, String min, String max, String words) {
        OptionRule rule = rule(option, value, min == null ? "" : min, max == null ? "" : max);
        assertEquals(
                true,
                assertThrows(InvalidRequestException.class, rule::checkWhole)
                        .getMessage()
                        .contains(words));
    }

    @Test
    void aFixedOptionNeedsAValueWhichMayBeInherited() {
        assertThrows(InvalidRequestException.class, () -> fixed("time", "").checkWhole());
        OptionRule inherited = fixed("time", "").over(rule("time", "5", "1", "9"));
        inherited.checkWhole();
        assertEquals("time 5 (fixed)", inherited.text());
        assertThrows(
                InvalidRequestException.class,
                () -> rule("partition", "a", "", "", "b").checkWhole());
    }

    @Test
    void itIsShownAsPeopleReadIt() {
        EffectiveTemplate template = EffectiveTemplate.of(List.of(new Template(
                "t",
                "",
                "",
                NamePatterns.of(""),
                List.of(
                        fixed("partition", "gpu"),
                        rule("gpus", "1", "", "2"),
                        rule("time", "60", "10", "120"),
                        rule("qos", "", "", "", "low", "high")))));
        assertEquals(
                "partition gpu (fixed) · gpus 1 (at most 2) · time 60 (at least 10, at most 120)"
                        + " · qos to be set (any of low, high)",
                template.text());
    }
}
