package io.jenkins.plugins.slurmapptainer.slurm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.script.ShellQuoting;
import io.jenkins.plugins.slurmapptainer.slurm.SbatchHeads.Form;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Holds the reading of heads against {@code sbatch} itself: it submits, held, what is written and what was read from it, and
 * must see the same options and the same job.
 */
@Tag("cluster")
class SbatchReadsHeadsTest {
    private static final Pattern OPTION = Pattern.compile("sbatch: ([a-z-]+) +: (.*)");
    private static final Pattern ID = Pattern.compile("(?m)^([0-9]+)$");
    /** These differ between two jobs that ask for the same. */
    private static final Pattern OWN = Pattern.compile("\\b(JobId|ArrayJobId|Command|StdOut|StdErr|Priority|BatchHost"
            + "|(Submit|Eligible|Accrue|Start|End|Suspend|PreemptEligible)Time|LastSchedEval|SecsPreSuspend|NodeList"
            + "|SubmitLine|Scheduler)=\\S*");

    @TempDir
    private Path directory;

    /**
     * What {@code sbatch} makes of a script.
     *
     * @param options as it has read them, from head and command line
     * @param job as Slurm describes it, without what belongs to this one alone; empty if it was refused
     * @param answer all that it said
     */
    private record Submission(Map<String, String> options, String job, String answer) {}

    static Stream<Form> forms() throws IOException {
        return SbatchHeads.forms().stream();
    }

    @ParameterizedTest
    @MethodSource("forms")
    void aFormMeansWhatSbatchMakesOfIt(Form form) throws Exception {
        Submission real = submit(form.script());
        if (form.action().equals("none")) {
            assertEquals(submit("#!/bin/bash\n").options(), real.options());
        }
        holdAgainst(real, form.script());
    }

    /** More of what stands in sbatch's source and less often in scripts. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "#SBATCH--time=5",
                "#SBATCH\t-t\t5",
                "#SBATCH -t5#note",
                "#SBATCH --job-name='a # b'",
                "#SBATCH -J \"say \\\"a\\\"\" -t 5",
                "#SBATCH -J it\\'s",
                "#SBATCH -J=a",
                "#SBATCH -J größe",
                "#SBATCH -J \"\" -t 5\n#SBATCH next",
                "#SBATCH --time=5 \\\n#SBATCH -n 2",
                "#SBATCH --cpus-per-t=3",
                "#SBATCH -Ot5",
                "#SBATCH -sN2 -n4",
                "#SBATCH --time=1:30",
                "#SBATCH --time=90:75",
                "#SBATCH --time=0",
                "#SBATCH --time=-1",
                "#SBATCH --mem=512k",
                "#SBATCH --mem=0",
                "#SBATCH --array=[1-3]%2",
                "#SBATCH --nice",
                "#SBATCH --exclusive=user",
                "#SBATCH --signal=B:12@30",
                "#SBATCH --signal=B:SIGUSR1",
                "#SBATCH --begin=Tomorrow",
                "#SBATCH --begin=Noon",
                "#SBATCH --cpus-per-task=04",
                "#SBATCH -n +2",
                "#SBATCH -N 1k",
                "#SBATCH --nodes=01-02",
                "#SBATCH --mem=+5G",
                "#SBATCH --time=00:90:00",
                "#SBATCH --time=1-00:90",
                "#SBATCH --time=100:90:90",
                "#SBATCH --array=1,2%02",
                "#SBATCH --array=,1,,2",
                "#SBATCH --nice=-5",
                "#SBATCH --nice=+5",
                "#SBATCH --signal=9@60",
                "#SBATCH -t 5 -t 6",
                "#SBATCH --partition\n#SBATCH gpu",
                "#SBATCH --",
                "#SBATCH",
                "#SLURM -t 5",
                "#SBATCH -t 5\n\n  # note\n\t\n#SBATCH -n 2\ndate\n#SBATCH -c 3",
                "#SBATCH --mem-per=1",
                "#SBATCH -z",
                "#SBATCH -t",
                "#SBATCH --contiguous=1",
                "#SBATCH 5",
                "#SBATCHING",
                "#SBATCH: -t 5",
                "#SBATCH –time=5",
                "#SBATCH -J \"a"
            })
    void rareFormsMeanWhatSbatchMakesOfThem(String lines) throws Exception {
        String script = "#!/bin/bash\n" + lines + "\ntrue\n";
        holdAgainst(submit(script), script);
    }

    private void holdAgainst(Submission real, String script) throws Exception {
        List<HeadOption> read;
        try {
            read = ScriptHead.options(HeadLines.of(script));
        } catch (InvalidRequestException e) {
            assertEquals("", real.job(), () -> e.getMessage() + "\nbut sbatch: " + real.answer());
            return;
        }
        same(real, submit(rendered(read.stream().map(HeadOption::text).toList())));
        ScriptHead head;
        try {
            head = ScriptHead.of(script);
        } catch (InvalidRequestException e) {
            return;
        }
        if (head.notices().isEmpty() && head.settings().stream().allMatch(SbatchReadsHeadsTest::isOfSlurm)) {
            same(real, submit(rendered(directives(head).options())));
        }
    }

    private static void same(Submission real, Submission ours) {
        assertEquals(real.options(), ours.options(), () -> real.answer() + "\n" + ours.answer());
        assertEquals(real.job(), ours.job(), () -> real.answer() + "\n" + ours.answer());
    }

    private static boolean isOfSlurm(HeadSetting setting) {
        return setting.parameter().equals("options")
                || Directive.ofField(setting.parameter()).isPresent();
    }

    private static Directives directives(ScriptHead head) {
        Map<Directive, String> values = new EnumMap<>(Directive.class);
        List<String> further = new ArrayList<>();
        String name = null;
        for (HeadSetting setting : head.settings()) {
            if (setting.parameter().equals("options")) {
                further.add(setting.value());
            } else if (setting.parameter().equals("jobName")) {
                name = setting.value();
            } else {
                values.put(Directive.ofField(setting.parameter()).orElseThrow(), setting.value());
            }
        }
        Directives directives = Directives.of(values, further);
        return name == null ? directives : directives.named(name);
    }

    private static String rendered(List<String> options) {
        StringBuilder script = new StringBuilder("#!/bin/bash\n");
        for (String option : options) {
            int equals = option.indexOf('=');
            script.append("#SBATCH ")
                    .append(equals < 0 ? option : option.substring(0, equals + 1))
                    .append(equals < 0 ? "" : ShellQuoting.directiveValue(option.substring(equals + 1)))
                    .append('\n');
        }
        return script.append("true\n").toString();
    }

    private Submission submit(String script) throws Exception {
        Path file = Files.writeString(directory.resolve("job.sh"), script);
        String answer = command("sbatch", "--verbose", "--hold", "--ignore-pbs", "--parsable", file.toString());
        Map<String, String> options = new TreeMap<>();
        Matcher option = OPTION.matcher(answer);
        while (option.find()) {
            String value = option.group(2);
            options.put(option.group(1), option.group(1).equals("array") ? indexes(value) : value);
        }
        Matcher id = ID.matcher(answer);
        if (!id.find()) {
            return new Submission(options, "", answer);
        }
        String job = command("scontrol", "--oneliner", "show", "job", id.group(1));
        command("scancel", id.group(1));
        assertTrue(job.contains("JobId="), job);
        assertFalse(options.isEmpty(), answer);
        return new Submission(options, OWN.matcher(job).replaceAll("$1"), answer);
    }

    /** Brackets around an array's indexes and zeros before its limit mean nothing. */
    private static String indexes(String value) {
        return value.replaceFirst("^\\[(.*)](%[0-9]+)?$", "$1$2").replaceFirst("%0+(?=[1-9])", "%");
    }

    private String command(String... argv) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(argv)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
