package io.jenkins.plugins.slurmapptainer.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of {@code make test}: each ends, and says what was going on if its limit ended it. */
class TestPartsTest {
    @TempDir
    Path folder;

    private String bash(String commands) throws Exception {
        Map<String, String> environment = Map.of("FOLDER", folder.toString());
        return new Bash(environment, "src/build/parts.sh", "src/build/jdks.sh").run("trap parts_end EXIT\n" + commands);
    }

    private String lastLine(String commands) throws Exception {
        List<String> lines = bash(commands).lines().toList();
        return lines.get(lines.size() - 1);
    }

    @Test
    void partHasItsStatusAndShowsWhatItPrints() throws Exception {
        assertEquals(
                "hello\n3",
                bash("try() { echo hello; return 3; }; part_start p 20 try; part_wait p; echo $status; [ $took -lt"
                        + " 20 ]"));
    }

    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130", "KILL, 137"})
    void partThatASignalEndsHasFailed(String signal, String status) throws Exception {
        // Before it, bash may print that somebody has killed it.
        assertEquals(
                status,
                lastLine(
                        "part_start p 20 sleep 20; until pgrep -P ${part_pid[p]} sleep > /dev/null; do sleep 0.1; done\n"
                                + "kill -" + signal + " -- -${part_pid[p]}; part_wait p > /dev/null; echo $status"));
    }

    @Test
    void limitEndsPartWithAllThatItStarted() throws Exception {
        String printed =
                bash("try() { sleep 600 & echo $! > $FOLDER/pid; echo '[INFO] Running some.SlowTest'; wait; }\n"
                        + "part_start 'slow part' 1 try; part_wait 'slow part'; echo $status\n"
                        + "kill -0 $(cat $FOLDER/pid) 2> /dev/null && echo 'still there'; alarms_print");
        String alarm = "FAILED: slow part was ended after its limit of 1 s; running: some.SlowTest";
        assertEquals(
                List.of("[INFO] Running some.SlowTest", alarm, "124", alarm),
                printed.lines().toList());
    }

    @Test
    void limitAlsoEndsPartThatIgnoresSignals() throws Exception {
        String printed = bash(
                "part_patience=1; try() { trap '' TERM; while :; do sleep 1; done; }; part_start p 1 try; part_wait p;"
                        + " echo $status");
        assertTrue(printed.endsWith("124"), printed);
    }

    @Test
    void partsRunSideBySide() throws Exception {
        // Neither could end if the other did not run.
        assertEquals(
                "first\n0\nsecond\n0",
                bash("meet() { : > $FOLDER/$1; until [ -e $FOLDER/$2 ]; do sleep 0.1; done; echo $1; }\n"
                        + "part_start a 20 meet first second; part_start b 20 meet second first\n"
                        + "for part in a b; do part_wait $part; echo $status; done"));
    }

    /** The system gives away the process id of what has ended, and parts that run beside others are waited for late. */
    @Test
    void reusedProcessIdIsNotTakenForTheEndedPart() throws Exception {
        assertEquals(
                "hello\n3\nsoon\nstill there",
                bash("try() { echo hello; return 3; }; part_start p 20 try; wait ${part_pid[p]} || :\n"
                        + "part_start q 20 true; wait ${part_pid[q]}\n"
                        + "other=$(setsid sleep 30 > /dev/null & echo $!); part_pid[p]=$other part_pid[q]=$other\n"
                        + "part_patience=1; part_wait p 2> /dev/null; echo $status; [ $SECONDS -ge 20 ] || echo soon; parts_end\n"
                        + "kill -0 $other && echo 'still there'; kill $other"));
    }

    @Test
    void whatWasRunningIsReadFromSurefireAndFromJUnit() throws Exception {
        Path log = Files.write(
                folder.resolve("log"),
                List.of(
                        "[INFO] Running a.DoneTest",
                        "[INFO] Running a.HangsTest",
                        "[INFO] Tests run: 3, Failures: 0, Errors: 0, Skipped: 0, Time elapsed: 1 s -- in a.DoneTest",
                        "JUnit Jupiter > MpiTest > two(String) > [1] pmix :: STARTED",
                        "JUnit Jupiter > JobTest > ends() :: STARTED",
                        "JUnit Jupiter > JobTest > ends() :: SUCCESSFUL"));
        String doing = bash("part_doing " + log);
        assertTrue(doing.startsWith("running: "), doing);
        assertEquals(
                List.of("JUnit Jupiter > MpiTest > two(String) > [1] pmix", "a.HangsTest"),
                List.of(doing.substring(9).split(", ")).stream().sorted().toList());
        assertEquals("", bash("part_doing /dev/null"));
    }

    @Test
    void oneJdkOfEachAllowedVersionIsFound() throws Exception {
        jdk("a17", "17.0.1", true);
        jdk("b17", "17.0.9", true);
        jdk("c25", "25", true);
        jdk("d21", "21.0.5", true);
        jdk("e21-jre", "21.0.5", false);
        jdk("f11", "11.0.2", true);
        String others = bash("JAVA_HOME=$FOLDER/b17; jdks_others $FOLDER/e21-jre $FOLDER/* | sed \"s:$FOLDER/::\"");
        assertEquals("21 d21\n25 c25", others);
    }

    private void jdk(String name, String version, boolean compiler) throws Exception {
        Path home = folder.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        Files.createFile(home.resolve("bin/java")).toFile().setExecutable(true);
        if (compiler) {
            Files.createFile(home.resolve("bin/javac")).toFile().setExecutable(true);
        }
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"" + version + "\"\n");
    }
}
