package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.engine.JobPlan;
import io.jenkins.plugins.slurmapptainer.job.BuildMounts;
import io.jenkins.plugins.slurmapptainer.job.ContainerFlag;
import io.jenkins.plugins.slurmapptainer.job.ContainerImage;
import io.jenkins.plugins.slurmapptainer.job.Directive;
import io.jenkins.plugins.slurmapptainer.job.Directives;
import io.jenkins.plugins.slurmapptainer.job.Gpu;
import io.jenkins.plugins.slurmapptainer.job.JobEnvironment;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Scripts that read, copy or start themselves. Each runs to its end, in an image and on the host. */
@Tag("cluster")
@Timeout(300)
class ScriptFileTest {
    private record Sample(String script, int code, String output) {}

    private static final List<Sample> SAMPLES = List.of(
            new Sample(
                    "#!/bin/bash\n## usage: run it\nsed -n 's/^## //p' \"$0\"\necho next\nexit 7\n",
                    7,
                    "usage: run it\nnext\n"),
            new Sample("cat \"$0\" | wc -l\necho end\n", 0, "2\nend\n"),
            new Sample("cp \"$0\" copy\ncmp \"$0\" copy && echo same\nexit 4\n", 4, "same\n"),
            new Sample(
                    "#!/bin/bash\nif [ \"$1\" = worker ]; then echo \"worker $2\"; exit; fi\n"
                            + "bash \"$0\" worker 1\n\"$0\" worker 2\necho end\nexit 5\n",
                    5,
                    "worker 1\nworker 2\nend\n"),
            new Sample("[ -z \"$AGAIN\" ] || { echo again; exit 3; }\nAGAIN=1 exec bash \"$0\"\n", 3, "again\n"),
            new Sample("sed '1,/^__DATA__$/d' \"$0\"\nexit 6\n__DATA__\npayload\n", 6, "payload\n"),
            new Sample(
                    "cd \"$(dirname \"$0\")\" && tail -n 1 \"$(basename \"$BASH_SOURCE\")\"\n# the end\n",
                    0,
                    "# the end\n"),
            new Sample(
                    "[ -x \"$0\" ] && [ -f \"$0\" ] && stat -c %A \"$0\"\n(echo x >>\"$0\") 2>/dev/null || echo refused\n",
                    0, "-r-xr-xr-x\nrefused\n"),
            new Sample(
                    "#!/usr/bin/env python3\nimport inspect, multiprocessing as mp\n\ndef square(x):\n    return x * x\n\n"
                            + "if __name__ == '__main__':\n    for way in 'spawn', 'forkserver':\n"
                            + "        with mp.get_context(way).Pool(2) as pool:\n            print(pool.map(square, range(3)))\n"
                            + "    print(inspect.getsource(square), end='')\n    print(len(open(__file__).readlines()))\n",
                    0,
                    "[0, 1, 4]\n[0, 1, 4]\ndef square(x):\n    return x * x\n12\n"),
            new Sample(
                    "#!/usr/bin/perl\nopen(my $me, '<', $0); print scalar(<$me>), <DATA>;\n__DATA__\nrest\n",
                    0,
                    "#!/usr/bin/perl\nrest\n"));

    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    /** Without what Apptainer says of itself on a machine that is slow. */
    private static String printed(RecordingClient host) {
        return host.output()
                .replaceAll("(?m)^INFO:    .*\n", "")
                .replaceAll("(?s)^=+\nUsing .*?\n=+\n", "")
                .replaceAll("(Apptainer execution|Execution) (completed|ended with exit code [0-9]+)\n$", "");
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void everyLineRuns(boolean inImage) throws Exception {
        List<RecordingClient> hosts = SAMPLES.stream()
                .map(sample -> cluster.start(cluster.plan(inImage, sample.script(), Map.of(), List.of(), "", "")))
                .toList();
        for (int i = 0; i < hosts.size(); i++) {
            Sample sample = SAMPLES.get(i);
            RecordingClient host = hosts.get(i).await();
            assertEquals(sample.output(), printed(host), sample.script() + "\n" + host.output());
            assertEquals(Outcome.ofExitCode(sample.code()), host.outcome(), sample.script());
        }
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void threeMegabytesAreReadTwice(boolean inImage) throws Exception {
        String line = "x=" + "y".repeat(1000) + "\n";
        String script =
                line.repeat(3000) + "wc -c <\"$0\"\n[ -n \"$AGAIN\" ] || AGAIN=1 bash \"$0\"\necho ${#x}\nexit 9\n";
        RecordingClient host = cluster.run(inImage, script);
        String size = script.length() + "\n";
        assertEquals(size + size + "1000\n1000\n", printed(host));
        assertEquals(Outcome.ofExitCode(9), host.outcome());
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void theScriptHasTheSamePathInsideAndOutsideTheContainer(boolean inImage) throws Exception {
        RecordingClient host = cluster.run(inImage, "echo \"$0|$BASH_SOURCE\"\n");
        String file = host.record().directory().script();
        assertEquals(file + "|" + file + "\n", printed(host));
    }

    @ParameterizedTest(name = "{0}")
    @EnumSource(ContainerFlag.class)
    void theScriptRunsWithEveryContainerFlag(ContainerFlag flag) throws Exception {
        ContainerImage python = cluster.python().inContainer();
        ContainerImage image = new ContainerImage(
                python.name(),
                python.path(),
                "",
                List.of(),
                Map.of(),
                Gpu.NONE,
                List.of(),
                EnumSet.of(flag),
                BuildMounts.NONE);
        RecordingClient host = cluster.start(
                        cluster.plan(image, "tail -n 1 \"$0\"; ls \"$(dirname \"$0\")\"\nexit 8\n# end\n"))
                .await();
        List<String> seen = printed(host).lines().toList();
        assertEquals("# end", seen.get(0), host::output);
        // Without that flag, the whole of /var/tmp is the node's.
        if (flag == ContainerFlag.CONTAINALL) {
            assertEquals(
                    List.of("files", "home", "script"),
                    seen.subList(1, seen.size()),
                    "nothing else of the job's is inside");
        }
        assertEquals(Outcome.ofExitCode(8), host.outcome());
    }

    @ParameterizedTest(name = "in image: {0}")
    @ValueSource(booleans = {true, false})
    void allTasksUseTheSameScriptFile(boolean inImage) throws Exception {
        Directives array = Directives.of(Map.of(Directive.ARRAY, "0-7"), List.of());
        JobPlan plan =
                cluster.plan(inImage, "echo \"$0 has $(cat \"$0\" | wc -l)\"\nexit 0\n", array, JobEnvironment.NONE);
        RecordingClient host = cluster.start(plan).await();
        assertEquals(Outcome.success(), host.outcome(), host::output);
        String line = host.record().directory().script() + " has 2";
        assertEquals(
                8, host.output().lines().filter(each -> each.endsWith(line)).count(), host::output);
    }

    @Test
    void otherNodesOfTheJobReadTheScriptToo() throws Exception {
        Directives two = Directives.of(Map.of(Directive.NODES, "2"), List.of());
        JobPlan plan = cluster.plan(
                false,
                "#!/bin/bash\n[ \"$1\" = worker ] && { echo \"worker of 2\"; exit; }\nsrun --ntasks-per-node=1 \"$0\" worker\nexit 3\n",
                two,
                JobEnvironment.NONE);
        RecordingClient host = cluster.start(plan).await();
        assertEquals("worker of 2\nworker of 2\n", printed(host));
        assertEquals(Outcome.ofExitCode(3), host.outcome());
    }
}
