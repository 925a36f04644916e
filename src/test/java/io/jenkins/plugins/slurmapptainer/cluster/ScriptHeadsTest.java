package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.execution.ScriptHeadUse;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobOptions;
import io.jenkins.plugins.slurmapptainer.job.BindRoots;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands at the head of a script, on the real cluster. */
@Tag("cluster")
@Execution(ExecutionMode.CONCURRENT)
class ScriptHeadsTest {
    private static final String SHOW = "scontrol --oneliner show job $SLURM_JOB_ID\n";

    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private JobPlan plan(SlurmJobOptions written) {
        return cluster.plan(ScriptHeadUse.of(written, "script").options(), BindRoots.none("real"), "");
    }

    private String run(SlurmJobOptions written) throws InterruptedException {
        RecordingClient host = cluster.start(plan(written)).await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        return host.output();
    }

    @Test
    void theJobGetsWhatItsScriptRequests() throws Exception {
        String job = run(new SlurmJobOptions(
                "\n  #!/bin/bash\n  #SBATCH --time=7 --mem=300\n  #SBATCH -J \"it's \\\"a\\\" #1\"\n"
                        + "  #SBATCH -o elsewhere.%j --export=ALL,MODE=fast\n  #SBATCH --comment=mine\n" + SHOW
                        + "echo \"mode $MODE\"\n"));
        assertTrue(job.contains(" TimeLimit=00:07:00 "), job);
        assertTrue(job.matches("(?s).*\\bmem=300M\\b.*"), job);
        assertTrue(job.contains(" JobName=it's \"a\" #1 "), job);
        assertTrue(job.contains("mode fast\n"), job);
    }

    @Test
    void theStepsParametersWinOverTheScript() throws Exception {
        SlurmJobOptions step = new SlurmJobOptions("#!/bin/bash\n#SBATCH --time=7 --mem-per-cpu=100M\n" + SHOW);
        step.set(Directive.TIME, "8");
        step.set(Directive.MEMORY, "200M");
        String job = run(step);
        assertTrue(job.contains(" TimeLimit=00:08:00 "), job);
        assertTrue(job.contains("MinMemoryNode=200M"), job);
    }

    /** sbatch looks for them below the first command, too, and puts them before all else in the script. */
    @ParameterizedTest
    @ValueSource(strings = {"#PBS -l walltime=2:00:00", "#BSUB -W 120"})
    void linesForOtherSchedulersChangeNothing(String line) throws Exception {
        SlurmJobOptions step = new SlurmJobOptions("#!/bin/bash\n" + line + "\n" + SHOW);
        step.set(Directive.TIME, "7");
        String job = run(step);
        assertTrue(job.contains(" TimeLimit=00:07:00 "), job);
    }

    @Test
    void anArrayOfTheScriptIsAnArray() throws Exception {
        RecordingClient host = cluster.start(
                        plan(new SlurmJobOptions("#!/bin/bash\n#SBATCH -a 1,3 -t 5\nexit $SLURM_ARRAY_TASK_ID")))
                .await();
        assertEquals("1:FAILURE:1 3:FAILURE:3", ArraysTest.outcomes(host));
    }

    /** A script between three quotes has its first line in the second one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n#!/bin/bash -e\nfalse\necho after\n",
                "\r\n\r\n    #!/bin/bash -e\r\n    false\r\n    echo after\r\n",
                "\uFEFF#!/bin/bash -e\nfalse\necho after\n",
                "#!/bin/bash -e\r\nfalse\r\necho after"
            })
    void optionsOnTheInterpretersLineTakeEffect(String script) throws Exception {
        for (boolean inImage : List.of(true, false)) {
            SlurmJobOptions step = new SlurmJobOptions(script);
            step.image(inImage ? "python_3.11" : null);
            step.set(Directive.TIME, "5");
            RecordingClient host = cluster.start(plan(step)).await();
            assertEquals(Outcome.ofExitCode(1), host.outcome(), host::output);
            assertTrue(!host.output().contains("after"), host::output);
        }
    }

    @Test
    void linesKeepTheirNumbers() throws Exception {
        assertTrue(run(new SlurmJobOptions("\n\n#!/bin/bash\necho \"line $LINENO\"\n"))
                .contains("line 4\n"));
        assertTrue(run(new SlurmJobOptions(
                        "\n#!/usr/bin/env python3\nimport sys\nprint('line', sys._getframe().f_lineno)\n"))
                .contains("line 4\n"));
    }
}
