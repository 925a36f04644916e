package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

/** What is said and done about a cluster that breaks while tests use it. Slurm's answers come from functions in the place of its commands. */
class ClusterHealthTest {
    /** Nothing runs and nothing is really mended; no time passes but what a test says. */
    private static final String STAND_INS = """
        unset SECONDS
        SECONDS=0
        timeout() { shift; "$@"; }
        squeue() { :; }
        sinfo() { printf '%s\\n' "$NODES_NOW"; }
        daemons_stopped() { :; }
        slurmstepds() { :; }
        mend() { echo "mend $*"; }
        """;

    @TempDir
    Path folder;

    private List<String> bash(String commands) throws Exception {
        String set = "set -- $FOLDER main 10; . src/build/health.sh; : > \"$log\"\n" + STAND_INS;
        return new Bash(Map.of("FOLDER", folder.toString()))
                .run(set + commands)
                .lines()
                .toList();
    }

    @Test
    void statesThatNoTestNeedsAreReported() throws Exception {
        String nodes = "NODES_NOW=$'n1 idle\\n"
                + "n2 mixed\\n"
                + "n3 completing\\n"
                + "n4 down*\\n"
                + "n5 drained\\n"
                + "n6 idle*\\n"
                + "n7 allocated'; troubles";
        assertEquals(
                List.of("node n4 DOWN*", "node n5 DRAINED", "node n6 IDLE*", "completing n3 COMPLETING"), bash(nodes));
    }

    /** Seen on a loaded machine: a node that was COMPLETING at each of thirteen looks, with another job each time. */
    @Test
    void nodeThatShortJobsLeaveIsNoTrouble() throws Exception {
        assertEquals(
                List.of("job 15 COMPLETING"),
                bash(
                        "squeue() { case \" $* \" in *' -w '*) echo $SECONDS ;; *) echo job $SECONDS COMPLETING ;; esac; }\n"
                                + "NODES_NOW='n1 completing'; for SECONDS in 0 5 10 15; do watch; done; troubles"));
    }

    @Test
    void jobThatStaysCompletingIsTrouble() throws Exception {
        assertEquals(
                List.of(
                        "FAILED: node n1: job 7 has been COMPLETING for 10 s; its processes: none",
                        "mend 0 job 7 COMPLETING"),
                bash(
                        "squeue() { case \" $* \" in *' -w '*) echo 7 ;; *' -j '*) echo n1 ;; *) echo job 7 COMPLETING ;; esac; }\n"
                                + "NODES_NOW='n1 completing'; for SECONDS in 0 5 10; do watch; done"));
    }

    @Test
    void slurmctldThatDoesNotAnswerIsTrouble() throws Exception {
        assertEquals(List.of("silent slurmctld"), bash("sinfo() { return 1; }; troubles"));
    }

    @Test
    void aQuestionThatIsNotAnsweredDoesNotEndTheWatch() throws Exception {
        assertEquals(
                List.of("still watching"),
                bash("squeue() { return 1; }; NODES_NOW='n1 completing'; SECONDS=0; watch; echo 'still watching'"));
    }

    @Test
    void shortTroubleIsNotReported() throws Exception {
        assertEquals(
                List.of(),
                bash("NODES_NOW='n1 completing'; SECONDS=0; watch; SECONDS=9; watch\n"
                        + "NODES_NOW='n1 idle'; SECONDS=11; watch; NODES_NOW='n1 completing'; SECONDS=12; watch;"
                        + " SECONDS=20; watch"));
    }

    @Test
    void lastingTroubleIsReportedWithNodeAndJobAndIsMended() throws Exception {
        List<String> printed = bash("squeue() { case \" $* \" in *' -w '*) echo 4711 ;; esac; }\n"
                + "processes() { echo \"99 (slurmstepd: [$1.0], state T)\"; }\n"
                + "NODES_NOW='n1 drained'; SECONDS=0; watch; SECONDS=12; watch");
        assertEquals(
                List.of(
                        "FAILED: node n1 has been DRAINED for 12 s; its jobs: 4711; their processes: 99"
                                + " (slurmstepd: [4711.0], state T)",
                        "mend 0 node n1 DRAINED"),
                printed);
        Document report = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(folder.resolve("TEST-cluster-health.main.xml").toFile());
        assertEquals("1", report.getDocumentElement().getAttribute("failures"));
        assertTrue(report.getDocumentElement().getTextContent().isBlank());
        assertEquals(
                1, Files.readAllLines(folder.resolve("cluster-health.main.log")).size());
    }

    @Test
    void ifOneRemedyDoesNotHelpTheNextOneFollows() throws Exception {
        List<String> mended = bash("NODES_NOW='n1 down'; for SECONDS in 0 50 55 100 150; do watch; done").stream()
                .filter(line -> line.startsWith("mend"))
                .toList();
        assertEquals(List.of("mend 0 node n1 DOWN", "mend 1 node n1 DOWN", "mend 2 node n1 DOWN"), mended);
    }
}
