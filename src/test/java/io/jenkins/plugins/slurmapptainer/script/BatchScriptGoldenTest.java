package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.job.Bind;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.Home;
import io.jenkins.plugins.slurmapptainer.job.Launch;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole scripts, so that every change of what is submitted is seen by whoever reviews it. {@code -Dgolden.update=true}
 * writes them anew.
 */
class BatchScriptGoldenTest {
    private static final String FUNCTIONS = "# (job-functions.sh)\n";
    private static final String SHARED_FUNCTIONS = "# (functions of job-functions.sh)\n";
    private static final String TASK_FUNCTIONS = "# (task-functions.sh)\n";
    private static final String LAUNCH_FUNCTIONS = "# (launch-functions.sh)\n";

    private static final String ALLOCATION_FUNCTIONS = "# (allocation-functions.sh)\n";
    private static final String SERVER = "# (allocation-server.sh)\n";

    private static final ContainerImage WITH_DEFAULTS = new ContainerImage(
            "torch_2.4.sif",
            "/i/ml/torch_2.4.sif",
            "",
            List.of(Bind.parse("/data"), Bind.parse("/scr atch:/s:ro"), new Bind("/a,b", "/c", true)),
            new TreeMap<>(Map.of("OMP_NUM_THREADS", "4", "TITLE", "it's $HOME `id`")),
            Gpu.NV,
            List.of("/usr/bin/python3", "-u"));

    static Stream<Arguments> jobs() {
        Directives many = Directives.of(
                Map.of(
                        Directive.GPUS,
                        "a100:2",
                        Directive.EXCLUSIVE,
                        true,
                        Directive.CONSTRAINT,
                        "avx512&ib",
                        Directive.TIME,
                        "2-00:00:00",
                        Directive.SIGNAL,
                        "USR2@60"),
                List.of("--requeue", "--licenses=a:2"));
        List<Export> nasty = List.of(
                new Export("FILE_A", "/w/a b'\"$x`id`.csv"),
                new Export("MULTI", "line 1\nline 2"),
                new Export("EMPTY", ""));
        ContainerImage strange = new ContainerImage("we ird's.sif", "/i/we ird's.sif");
        return Stream.of(
                Arguments.of("reference-in-image", Jobs.referenceInImage()),
                Arguments.of("reference-on-host", Jobs.referenceOnHost()),
                Arguments.of(
                        "many-options",
                        Jobs.job(
                                Jobs.ROOT,
                                many,
                                List.of(),
                                List.of("BUILD_TAG", "API_TOKEN"),
                                Optional.of(Jobs.PYTHON),
                                ContainerProgram.of("apptainer"),
                                "nvidia-smi\n")),
                Arguments.of(
                        "image-with-defaults",
                        Jobs.job(Jobs.ROOT, many, List.of(), Optional.of(WITH_DEFAULTS), "print('hello')\n")),
                Arguments.of(
                        "strange-names",
                        Jobs.job(
                                "/sh ared'\"$x%j ü,:/c1",
                                Directives.of(Map.of(), List.of()),
                                nasty,
                                Optional.of(strange),
                                "#!/usr/bin/env python3\nprint('''\nAPPTAINER_SCRIPT\n''')\n")),
                Arguments.of(
                        "preamble",
                        Jobs.job(
                                Jobs.ROOT,
                                Directives.of(Map.of(), List.of()),
                                List.of(),
                                List.of(),
                                Optional.of(Jobs.PYTHON),
                                new ContainerProgram(
                                        "/opt/my apptainer/bin/apptainer",
                                        List.of("source /etc/profile.d/modules.sh", "module load 'apptainer/1.4'")),
                                "python3 --version\n")),
                Arguments.of(
                        "array",
                        Jobs.job(
                                "/sh%ared/c1",
                                Directives.of(Map.of(Directive.ARRAY, "0-15:4%2"), List.of()),
                                List.of(),
                                Optional.of(Jobs.PYTHON),
                                "echo $SLURM_ARRAY_TASK_ID\n")),
                Arguments.of(
                        "returned-output",
                        Jobs.job(
                                Jobs.ROOT,
                                Directives.of(Map.of(), List.of()),
                                List.of(),
                                List.of(),
                                Optional.of(Jobs.PYTHON),
                                ContainerProgram.of("apptainer"),
                                ScriptText.of("python3 --version\n").returning(true))),
                Arguments.of(
                        "srun-in-image", launched(Optional.of(WITH_DEFAULTS), Launch.Way.SRUN, Launch.Output.LABELED)),
                Arguments.of("srun-on-host", launched(Optional.empty(), Launch.Way.SRUN, Launch.Output.FILES)),
                Arguments.of(
                        "host-with-image", launched(Optional.of(Jobs.PYTHON), Launch.Way.HOST, Launch.Output.MIXED)),
                Arguments.of("allocation-in-image", allocation(Optional.of(Jobs.PYTHON))),
                Arguments.of("allocation-on-host", allocation(Optional.empty())),
                Arguments.of("account-home", withAccountHome(Optional.of(Jobs.PYTHON))),
                Arguments.of("account-home-on-host", withAccountHome(Optional.empty())),
                Arguments.of(
                        "interpreter-on-host",
                        Jobs.job(
                                Jobs.ROOT,
                                Directives.of(Map.of(), List.of()),
                                List.of(),
                                Optional.empty(),
                                "#!/bin/sh -e\r\nJOB_SCRIPT\r\nJOB_SCRIPT_2")));
    }

    private static BatchJob allocation(Optional<ContainerImage> image) {
        BatchJob job = Jobs.job(
                Jobs.ROOT,
                Directives.of(Map.of(Directive.CPUS_PER_TASK, 16), List.of()),
                List.of(),
                List.of("BUILD_TAG"),
                image,
                ContainerProgram.of("apptainer"),
                ScriptText.ofAllocation(),
                Home.USUAL,
                Launch.ALLOCATION);
        return new BatchJob(
                job.directory(),
                Directories.of("/shared/it's the workspace").with(List.of("/shared/it's the workspace@tmp")),
                job.directives(),
                job.exports(),
                job.variables(),
                job.image(),
                job.program(),
                job.script(),
                job.home(),
                job.launch());
    }

    private static BatchJob withAccountHome(Optional<ContainerImage> image) {
        return Jobs.job(
                Jobs.ROOT,
                Directives.of(Map.of(), List.of()),
                List.of(),
                List.of(),
                image,
                ContainerProgram.of("apptainer"),
                ScriptText.of("ls -a ~\n"),
                Home.ACCOUNT);
    }

    private static BatchJob launched(Optional<ContainerImage> image, Launch.Way way, Launch.Output output) {
        return Jobs.job(
                Jobs.ROOT,
                Directives.of(Map.of(Directive.NTASKS, 4), List.of()),
                List.of(),
                List.of("API_TOKEN"),
                image,
                ContainerProgram.of("apptainer"),
                ScriptText.of("./solve case\n"),
                Home.USUAL,
                new Launch(way, way == Launch.Way.SRUN ? "pmix" : "", output));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobs")
    void theScriptEqualsTheReviewedFile(String name, BatchJob job) throws IOException {
        String rendered = BatchScriptRenderer.render(job)
                .replace(resource("job-functions.sh"), FUNCTIONS)
                .replace(resource("launch-functions.sh"), LAUNCH_FUNCTIONS)
                .replace(resource("allocation-functions.sh"), ALLOCATION_FUNCTIONS)
                .replace(resource("allocation-server.sh"), SERVER)
                .replace(ScriptFunctions.ofTasks(), SHARED_FUNCTIONS)
                .replace(resource("task-functions.sh"), TASK_FUNCTIONS);
        String file = "golden/" + name + ".sh";
        if (Boolean.getBoolean("golden.update")) {
            Path path =
                    Path.of("src/test/resources", getClass().getPackageName().replace('.', '/'), file);
            Files.writeString(path, rendered);
        } else {
            assertEquals(resource(file), rendered);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobs")
    void theScriptIsValidBash(String name, BatchJob job, @TempDir Path folder) throws Exception {
        Path script = Files.writeString(folder.resolve(name), BatchScriptRenderer.render(job));
        assertEquals(new Shell.Result(0, ""), Shell.run("bash", "-n", script.toString()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("jobs")
    void theSameJobGivesTheSameScript(String name, BatchJob job) {
        assertEquals(BatchScriptRenderer.render(job), BatchScriptRenderer.render(job));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = BatchScriptGoldenTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
