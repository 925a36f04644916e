package io.jenkins.plugins.slurmapptainer.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.jenkins.plugins.slurmapptainer.clients.RecordingClient;
import io.jenkins.plugins.slurmapptainer.job.Outcome;
import io.jenkins.plugins.slurmapptainer.realcluster.RealCluster;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Scripts that broke the original wrapping, and those that name their interpreter. */
@Tag("cluster")
class ScriptsInContainerTest {
    private record Sample(String script, int code, String output) {}

    private final RealCluster cluster = new RealCluster();

    @AfterEach
    void close() throws Exception {
        cluster.close();
    }

    private List<Sample> samples() {
        String inside = "echo \"in ${APPTAINER_NAME:-the host}\"\n";
        return List.of(
                new Sample("echo one\ncat\nread x\necho \"two $x\"\nexit 7\n", 7, "one\ntwo \n"),
                new Sample(
                        "#!/usr/bin/env python3\nimport sys\nprint(sys.version_info[:2], sys.stdin.read() == '')\nsys.exit(4)\n",
                        4,
                        "(3, 11) True\n"),
                new Sample("#!/bin/sh -e\necho sh\n(exit 5)\necho never\n", 5, "sh\n"),
                new Sample("#!/usr/bin/perl -w\nprint \"perl \\$x\\n\"; exit 6;\n", 6, "perl $x\n"),
                new Sample(": '\nAPPTAINER_SCRIPT\nAPPTAINER_SCRIPT_2\n'\n" + inside, 0, "in python_3.11.sif\n"),
                new Sample(
                        "cat <<APPTAINER_SCRIPT\ntext\nAPPTAINER_SCRIPT\n" + inside + "exit 3",
                        3,
                        "text\nin python_3.11.sif\n"),
                new Sample("echo a\r\necho 'b ü 😀'\r\n", 0, "a\nb ü 😀\n"));
    }

    @Test
    void scriptsRunAsTheyWereWritten() throws Exception {
        List<RecordingClient> hosts = new ArrayList<>();
        for (Sample sample : samples()) {
            hosts.add(cluster.start(cluster.plan(true, sample.script(), Map.of(), List.of(), "", "")));
        }
        for (int i = 0; i < hosts.size(); i++) {
            Sample sample = samples().get(i);
            RecordingClient host = hosts.get(i).await();
            assertEquals(Outcome.ofExitCode(sample.code()), host.outcome(), sample.script() + "\n" + host.output());
            String program = host.output()
                    .replaceAll("(?s)^=+\nUsing .*?\n=+\n", "")
                    .replaceAll("Apptainer execution (completed|ended with exit code [0-9]+)\n$", "");
            assertEquals(sample.output(), program, sample.script());
        }
    }
}
