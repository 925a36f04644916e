package io.jenkins.plugins.slurmapptainer.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.ClusterRules;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.job.LaunchOption;
import io.jenkins.plugins.slurmapptainer.job.Limits;
import io.jenkins.plugins.slurmapptainer.script.ContainerProgram;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whose word counts when step, script and cluster say something. */
class ScriptHeadUseTest {
    private static final ClusterRules RULES = new ClusterRules(
            "c1",
            Map.of(Directive.PARTITION, "usual", Directive.MEMORY, "1G"),
            new Limits(null, 8, null, "1-0", null),
            BindRoots.none("c1"));

    private static SlurmJobOptions step(String... head) {
        return new SlurmJobOptions("#!/bin/bash\n" + String.join("\n", head) + "\ndate\n");
    }

    private static JobPlan plan(SlurmJobOptions written) {
        ScriptHeadUse head = ScriptHeadUse.of(written, "script");
        return head.check(() -> OptionsCheck.plan(
                head.options(),
                "/shared",
                ContainerProgram.of("apptainer"),
                RULES,
                id -> {
                    throw new AssertionError(id);
                },
                () -> "",
                "build",
                Map.of("SECRET", "x")));
    }

    private static List<String> options(SlurmJobOptions written) {
        return plan(written).directives().options();
    }

    private static List<String> told(SlurmJobOptions written) {
        return ScriptHeadUse.of(written, "script").told();
    }

    private static String error(SlurmJobOptions written) {
        return assertThrows(InvalidRequestException.class, () -> plan(written)).getMessage();
    }

    @Test
    void theStepWinsOverTheScriptAndTheScriptOverTheCluster() {
        SlurmJobOptions step = step("#SBATCH --time=7 --mem=300M", "#SBATCH -n 2 --nice=5", "#SBATCH --licenses=a");
        step.set(Directive.NTASKS, "4");
        step.options(List.of("--nice=7"));
        assertEquals(
                List.of(
                        "--job-name=build",
                        "--partition=usual",
                        "--ntasks=4",
                        "--mem=300M",
                        "--time=7",
                        "--nice=7",
                        "--licenses=a"),
                options(step));
        assertEquals(
                List.of("From the script's #SBATCH lines: --time=7, --mem=300M, --licenses=a (lines 2-4); the step's"
                        + " parameters replace --ntasks=2, --nice=5 (line 3)"),
                told(step));
        assertEquals("4", step.get(Directive.NTASKS));
        assertEquals(null, step.get(Directive.TIME));
    }

    @Test
    void aScriptWithoutSuchLinesSaysNothing() {
        assertEquals(List.of(), told(step("# note")));
        assertEquals(List.of(), told(new SlurmJobOptions("")));
    }

    /** Both at once would be refused by sbatch, or ask for more than the step does. */
    @Test
    void anEquivalentOptionOfTheStepWinsToo() {
        SlurmJobOptions memory = step("#SBATCH --mem-per-cpu=2G");
        memory.set(Directive.MEMORY, "4G");
        assertFalse(options(memory).toString().contains("mem-per-cpu"), options(memory)::toString);

        SlurmJobOptions perCpu = step("#SBATCH --mem=4G");
        perCpu.options(List.of("--mem-per-cpu=2G"));
        assertFalse(options(perCpu).toString().contains("--mem="), options(perCpu)::toString);

        SlurmJobOptions gpus = step("#SBATCH --gres=gpu:4,shm:1 --gpus-per-node=4");
        gpus.set(Directive.GPUS, "1");
        assertFalse(options(gpus).toString().contains("4"), options(gpus)::toString);

        SlurmJobOptions other = step("#SBATCH --gres=shm:1 --ntasks=6");
        other.set(Directive.GPUS, "1");
        other.options(List.of("--ntasks-per-node=2"));
        assertTrue(
                options(other).containsAll(List.of("--gpus=1", "--gres=shm:1", "--ntasks=6")),
                options(other)::toString);

        SlurmJobOptions once = step("#SBATCH --requeue");
        assertTrue(plan(once).directives().mayRequeue());
        once.options(List.of("--no-requeue"));
        assertFalse(plan(once).directives().mayRequeue());
    }

    @Test
    void aDefaultOfTheClusterDoesNotContradictTheScript() {
        assertFalse(options(step("#SBATCH --mem-per-cpu=2G")).contains("--mem=1G"));
    }

    @Test
    void anErrorAboutTheClustersRulesNamesTheLine() {
        assertEquals(
                "script: line 3, '#SBATCH -t 2-0': time: '2-0' is more than the '1-0' that cluster c1 allows for one job",
                error(step("#SBATCH -n 1", "#SBATCH -t 2-0")));
        assertEquals(
                "script: line 2, '#SBATCH --cpus-per-gpu=2': options: --cpus-per-gpu cannot be used on cluster c1, which"
                        + " limits CPUs; use ntasks and cpusPerTask instead",
                error(step("#SBATCH --cpus-per-gpu=2", "#SBATCH --nice=1")));
        assertEquals(
                "script: line 2, '#SBATCH --export=HOME=/x': env: 'HOME' belongs to the node or the image; the script itself"
                        + " can change it",
                error(step("#SBATCH --export=HOME=/x")));
    }

    @Test
    void anErrorAboutTheStepItselfNamesNoLine() {
        SlurmJobOptions step = step("#SBATCH --time=7");
        step.set(Directive.TIME, "2-0");
        assertEquals("time: '2-0' is more than the '1-0' that cluster c1 allows for one job", error(step));
    }

    @Test
    void aFileIsNamedAsTheParameterThatItComesFrom() {
        assertEquals(
                "scriptFile: line 2, '#SBATCH --wrap=x': --wrap is not allowed here; the step runs the script itself",
                assertThrows(
                                InvalidRequestException.class,
                                () -> ScriptHeadUse.of(step("#SBATCH --wrap=x"), LaunchOption.SCRIPT_FILE.field()))
                        .getMessage());
    }

    @Test
    void aJobNameThatOnlySbatchAcceptsIsQuoted() {
        SlurmJobOptions step = step("#SBATCH -J \"it's a \\\"job\\\" #1; $(id)\"");
        String script = plan(step).preview(new JobDirectory("/shared/c1", JobToken.random()));
        assertTrue(script.contains("\n#SBATCH --job-name=\"it's a \\\"job\\\" #1; $(id)\"\n"), script);
        step.set(Directive.JOB_NAME, "mine");
        assertTrue(options(step).contains("--job-name=mine"), options(step)::toString);
    }

    @Test
    void variablesOfScriptAndStepAreCombined() {
        SlurmJobOptions step = step("#SBATCH --export=ALL,A=1,B=2");
        step.env(List.of("SECRET", "B=3"));
        assertEquals(
                List.of("SECRET", "B=3", "A=1"),
                ScriptHeadUse.of(step, "script").options().env());
        assertEquals(
                "From the script's #SBATCH lines: --export=A (line 2); the step's parameters replace --export=B (line 2)",
                told(step).get(0));
    }

    @Test
    void theWorkingDirectoryOfTheStepWins() {
        SlurmJobOptions step = step("#SBATCH -D /scratch/run");
        assertEquals("/scratch/run", ScriptHeadUse.of(step, "script").options().get(LaunchOption.WORKING_DIRECTORY));
        step.set(LaunchOption.WORKING_DIRECTORY, "job");
        assertEquals("job", ScriptHeadUse.of(step, "script").options().get(LaunchOption.WORKING_DIRECTORY));
    }

    @Test
    void anArrayOfTheScriptIsTheStepsArray() {
        SlurmJobOptions step = step("#SBATCH --array=0-3%2 --begin=now+1hour");
        step.tasks().retries(1);
        assertEquals("0-3%2", plan(step).directives().get(Directive.ARRAY).orElseThrow());
        SlurmJobOptions retry = step.withArray("2%2");
        retry.tasks().retryLacks("");
        assertEquals("2%2", plan(retry).directives().get(Directive.ARRAY).orElseThrow());
        assertTrue(plan(retry).directives().get(Directive.BEGIN).isEmpty());
        assertEquals(List.of(), told(retry));
    }
}
