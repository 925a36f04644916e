package io.jenkins.plugins.slurmapptainer.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import hudson.model.Result;
import hudson.slaves.OfflineCause;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.engine.JobRecord;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobsAction;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ClusterAgent;
import io.jenkins.plugins.slurmapptainer.jenkinstest.ControllerProcess;
import io.jenkins.plugins.slurmapptainer.jenkinstest.Gates;
import io.jenkins.plugins.slurmapptainer.jenkinstest.Gates.Where;
import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.File;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.flow.FlowDurabilityHint;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.job.properties.DurabilityHintJobProperty;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/**
 * A controller that ends while each of its builds is at another point of its job's life, and under each durability
 * setting: the job is submitted once, no line of its output is missing or there twice, the result is the job's own. All
 * builds run at once, so that one restart serves them all. {@code docs/operations.md} has the table.
 */
@Tag("cluster")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class RestartMatrixJenkinsTest {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern LINE = Pattern.compile("line (\\d+)");

    @RegisterExtension
    private final RealJenkinsExtension jenkins = ControllerProcess.create();

    /** One build. */
    private record Cell(RestartPoint point, FlowDurabilityHint hint) implements Serializable {
        /** Of the Slurm job and of the Jenkins job. */
        String name() {
            return (point + "-" + hint).toLowerCase(Locale.ROOT);
        }

        /** Jenkins itself does not resume what it has not saved. */
        boolean isResumedAfterAKill() {
            return hint.isPersistWithEveryStep();
        }

        WorkflowRun run(JenkinsRule j) {
            return j.jenkins.getItemByFullName(name(), WorkflowJob.class).getLastBuild();
        }

        JobRecord record(JenkinsRule j) {
            return run(j).getAction(SlurmJobsAction.class).getJobs().get(0);
        }
    }

    private static List<Cell> cells(RestartPoint... points) {
        List<Cell> cells = new ArrayList<>();
        for (RestartPoint point : points) {
            for (FlowDurabilityHint hint : FlowDurabilityHint.values()) {
                cells.add(new Cell(point, hint));
            }
        }
        return cells;
    }

    @Test
    void jobSurvivesAKillInEachPhase() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        File project = new File("").getAbsoluteFile();
        Gates gates = new Gates(project);
        ArrayList<Cell> cells = new ArrayList<>(cells(RestartPoint.values()));
        jenkins.startJenkins();
        jenkins.runRemotely(RestartMatrixJenkinsTest::bringThere, project, gates, cells);
        jenkins.stopJenkinsForcibly();
        release(gates, cells);
        releaseJobs(gates, cells.stream().filter(Cell::isResumedAfterAKill).toList());
        jenkins.startJenkins();
        jenkins.runRemotely(RestartMatrixJenkinsTest::comeBack, project, gates);
        for (Cell cell : cells) {
            if (cell.isResumedAfterAKill()) {
                jenkins.runRemotely(RestartMatrixJenkinsTest::endsAsItsJob, project, gates, cell);
            } else {
                jenkins.runRemotely(RestartMatrixJenkinsTest::endsWithItsJob, project, gates, cell);
            }
        }
    }

    /** An orderly end waits for a Pipeline that is held up, so that one point is left out. */
    @Test
    void jobsSurviveAnOrderlyStop() throws Throwable {
        assumeTrue(ClusterAgent.isUp(), "there is no cluster");
        File project = new File("").getAbsoluteFile();
        Gates gates = new Gates(project);
        ArrayList<Cell> cells = new ArrayList<>(cells(RestartPoint.values()));
        cells.removeIf(cell -> cell.point() == RestartPoint.TELLING);
        jenkins.startJenkins();
        jenkins.runRemotely(RestartMatrixJenkinsTest::bringThere, project, gates, cells);
        jenkins.stopJenkins();
        release(gates, cells);
        releaseJobs(gates, cells);
        jenkins.startJenkins();
        jenkins.runRemotely(RestartMatrixJenkinsTest::comeBack, project, gates);
        for (Cell cell : cells) {
            jenkins.runRemotely(RestartMatrixJenkinsTest::endsAsItsJob, project, gates, cell);
        }
    }

    /** Starts all builds and returns when each is where it shall be. */
    private static void bringThere(JenkinsRule j, File project, Gates gates, ArrayList<Cell> cells) throws Exception {
        ClusterAgent cluster = new ClusterAgent(project);
        SlurmGlobalConfiguration.get()
                .setClusters(List.of(
                        new SlurmCluster("main", "main", cluster.shared()),
                        new SlurmCluster("away", "away", cluster.shared()),
                        new SlurmCluster("absent", "absent", cluster.shared())));
        cluster.attach(j.jenkins, "main", "main", gates.bin());
        cluster.attach(j.jenkins, "away", "away", gates.bin());
        for (Cell cell : cells) {
            gate(gates, cell);
            WorkflowJob job = j.createProject(WorkflowJob.class, cell.name());
            job.addProperty(new DurabilityHintJobProperty(cell.hint()));
            job.setDefinition(new CpsFlowDefinition(
                    cell.point().pipeline(cell.name(), gates), cell.point().isSandboxed()));
            job.scheduleBuild2(0).waitForStart();
        }
        for (Cell cell : cells) {
            first(j, gates, cell);
        }
        j.jenkins.getComputer("away").disconnect(new OfflineCause.ByCLI("test"));
        for (Cell cell : cells) {
            then(j, gates, cell);
        }
    }

    private static void gate(Gates gates, Cell cell) throws Exception {
        switch (cell.point()) {
            case BEFORE_SBATCH:
                gates.close("sbatch", Where.BEFORE, cell.name());
                break;
            case BEFORE_ANSWER:
                gates.close("sbatch", Where.AFTER, cell.name());
                break;
            case CANCELLING:
                gates.close("scancel", Where.BEFORE, cell.name());
                break;
            default:
        }
    }

    private static void first(JenkinsRule j, Gates gates, Cell cell) throws Exception {
        WorkflowRun run = cell.run(j);
        switch (cell.point()) {
            case PREPARING:
                j.waitForMessage("Cannot submit now, will try again", run);
                break;
            case BEFORE_SBATCH:
                until(cell, () -> gates.isReached("sbatch", Where.BEFORE, cell.name()));
                break;
            case BEFORE_ANSWER:
                until(cell, () -> gates.isReached("sbatch", Where.AFTER, cell.name()));
                break;
            case PENDING:
                j.waitForMessage("is pending", run);
                break;
            default:
                j.waitForMessage("line 10\n", run);
        }
        if (cell.point() == RestartPoint.CANCELLING) {
            run.getExecutor().interrupt();
        }
        if (cell.point() == RestartPoint.TELLING) {
            Files.createFile(gates.file("block-" + cell.name()));
            until(cell, () -> Files.exists(gates.file("blocked-" + cell.name())));
        }
    }

    private static void then(JenkinsRule j, Gates gates, Cell cell) throws Exception {
        JobRecord record = cell.record(j);
        switch (cell.point()) {
            case COLLECTING:
                Files.createFile(gates.file(RestartPoint.release(cell.name())));
                until(cell, () -> Files.exists(Path.of(record.directory().exit() + "0")));
                break;
            case TELLING:
                Files.createFile(gates.file(RestartPoint.release(cell.name())));
                Path saved = new File(cell.run(j).getRootDir(), "build.xml").toPath();
                until(cell, () -> Files.readString(saved).contains("<phase>ENDED</phase>"));
                break;
            case CANCELLING:
                until(cell, () -> gates.isReached("scancel", Where.BEFORE, cell.name()));
                break;
            default:
        }
    }

    private static void until(Cell cell, Callable<Boolean> condition) throws Exception {
        Waits.within(PATIENCE).alias(cell.name() + " gets there").until(condition);
    }

    /** Lets the commands through that the next life of the controller calls. */
    private static void release(Gates gates, List<Cell> cells) throws Exception {
        for (Cell cell : cells) {
            switch (cell.point()) {
                case BEFORE_SBATCH:
                    gates.openToNobody("sbatch", Where.BEFORE, cell.name());
                    break;
                case BEFORE_ANSWER:
                    gates.openToNobody("sbatch", Where.AFTER, cell.name());
                    break;
                case CANCELLING:
                    gates.openToNobody("scancel", Where.BEFORE, cell.name());
                    break;
                default:
            }
        }
    }

    /** Lets the jobs end that are waited for. */
    private static void releaseJobs(Gates gates, List<Cell> cells) throws Exception {
        for (Cell cell : cells) {
            Path release = gates.file(RestartPoint.release(cell.name()));
            if (cell.point() != RestartPoint.CANCELLING && !Files.exists(release)) {
                Files.createFile(release);
            }
            if (cell.point() == RestartPoint.TELLING) {
                Files.createFile(gates.file(RestartPoint.releaseOfPipeline(cell.name())));
            }
        }
    }

    private static void comeBack(JenkinsRule j, File project, Gates gates) throws Exception {
        ClusterAgent cluster = new ClusterAgent(project);
        for (String name : List.of("main", "away", "absent")) {
            cluster.attach(j.jenkins, name, name, gates.bin());
        }
        for (Cell cell : cells(RestartPoint.PENDING)) {
            cluster.command("scontrol", "update", "JobId=" + cell.record(j).jobId(), "StartTime=now");
        }
    }

    private static void endsAsItsJob(JenkinsRule j, File project, Gates gates, Cell cell) throws Exception {
        WorkflowRun run = j.waitForCompletion(cell.run(j));
        List<String> log = JenkinsRule.getLog(run).lines().toList();
        List<String> numbers =
                log.stream().filter(line -> LINE.matcher(line).matches()).toList();
        List<String> expected = IntStream.rangeClosed(1, numbers.size())
                .mapToObj(i -> "line " + i)
                .toList();
        assertEquals(expected, numbers, () -> cell.name() + ": " + run.getRootDir());
        assertEquals(1, count(log, "\\[Slurm] Submitted batch job .*"), () -> cell.name() + ": " + log);
        assertEquals(1, count(log, "\\[Slurm] Job \\d+ is running on .*"), () -> cell.name() + ": " + log);
        assertEquals(1, gates.calls("sbatch", cell.name()), cell.name());
        if (cell.point() == RestartPoint.CANCELLING) {
            assertEquals(Result.ABORTED, run.getResult(), cell.name());
            String state = new ClusterAgent(project).state(cell.record(j).jobId());
            assertEquals("CANCELLED", state, cell.name());
        } else {
            assertEquals(Result.SUCCESS, run.getResult(), () -> cell.name() + ": " + log);
            assertEquals(1, count(log, numbers.size() + " lines"), () -> cell.name() + ": " + log);
            assertEquals(1, count(log, "result " + RestartPoint.EXIT_CODE), () -> cell.name() + ": " + log);
            assertEquals(
                    1,
                    count(log, "\\[Slurm] Job \\d+ failed with exit code " + RestartPoint.EXIT_CODE),
                    () -> cell.name() + ": " + log);
        }
        // A build that was aborted may end before its job.
        until(cell, () -> run.getRootDir().list((folder, name) -> name.endsWith(".offset")).length == 0);
    }

    private static long count(List<String> log, String form) {
        return log.stream().filter(line -> line.matches(form)).count();
    }

    /** A build that Jenkins does not resume ends, and leaves no job in the queue. */
    private static void endsWithItsJob(JenkinsRule j, File project, Gates gates, Cell cell) throws Exception {
        Result expected = cell.point() == RestartPoint.CANCELLING ? Result.ABORTED : Result.FAILURE;
        assertEquals(expected, j.waitForCompletion(cell.run(j)).getResult(), cell.name());
        ClusterAgent cluster = new ClusterAgent(project);
        until(
                cell,
                () -> cluster.command("squeue", "--noheader", "--name=" + cell.name())
                        .isBlank());
        boolean submitted = cell.point() != RestartPoint.PREPARING && cell.point() != RestartPoint.BEFORE_SBATCH;
        assertEquals(submitted ? 1 : 0, gates.calls("sbatch", cell.name()), cell.name());
        if (submitted && cell.point() != RestartPoint.COLLECTING && cell.point() != RestartPoint.TELLING) {
            String states =
                    cluster.command("squeue", "--noheader", "--states=all", "--format=%T", "--name=" + cell.name());
            assertEquals("CANCELLED", states.strip(), cell.name());
        }
    }
}
