package io.jenkins.plugins.slurmapptainer.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.waiting.Waits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a head node runs to have a command run in a job, with a stand-in for {@code srun} that runs it here. */
class AllocationClientTest {
    private static final String COMMAND = "echo > '/w@tmp/durable-1/jenkins-result.txt'";

    @TempDir
    Path folder;

    private Path job;
    private Path commands;

    @BeforeEach
    void create() throws Exception {
        // The client keeps things about a job by its directory's name.
        job = Files.createDirectories(folder.resolve("it's job " + System.nanoTime()));
        commands = Files.createDirectories(job.resolve("commands"));
        Files.writeString(commands.resolve("open"), "/tmp/slurm-apptainer.abc/door\n2\n");
        Files.writeString(job.resolve("exec"), "\"$@\"\n");
        Path srun = Files.writeString(
                Files.createDirectories(folder.resolve("bin")).resolve("srun"),
                "#!/bin/bash\nenv | grep SECRET >&2\nprintf '%s\\n' \"$@\" >'" + folder + "/words'\n"
                        + "while [[ $1 == --* ]]; do shift; done\n\"$@\"\n");
        assertTrue(srun.toFile().setExecutable(true));
    }

    private AllocationClient client() {
        return new AllocationClient("12;two", job.toString());
    }

    private Process start(List<String> words, Map<String, String> variables) throws Exception {
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().put("PATH", folder.resolve("bin") + ":" + System.getenv("PATH"));
        builder.environment().put(AllocationClient.NAMES, String.join(" ", variables.keySet()));
        builder.environment().put(AllocationClient.PATH, "");
        variables.forEach((name, value) -> builder.environment().put(AllocationClient.VALUE + name, value));
        builder.redirectError(folder.resolve("errors").toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        return builder.start();
    }

    private String run(int expected, List<String> words, Map<String, String> variables) throws Exception {
        Process process = start(words, variables);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(expected, process.waitFor(), () -> output + read("errors"));
        return output;
    }

    private String read(String name) {
        try {
            return Files.readString(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatPutsItselfIntoTheBackgroundStaysInTheForegroundOfItsContainer() {
        List<String> words = client().run("/w", List.of("nohup", "sh", "-c", "(" + COMMAND + ") >&- 2>&- &"));
        assertEquals(
                List.of(
                        "slurm-apptainer",
                        "12;two",
                        job + "/commands",
                        "background",
                        "/w",
                        "/w@tmp/durable-1/jenkins-result.txt",
                        "nohup",
                        "sh",
                        "-c",
                        "(" + COMMAND + ") >&- 2>&- "),
                words.subList(3, words.size()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "it's", "a \"b\" $c `d` \\\\ e", "ü\nnew line\n", "", "-n", "'", "a&b", "*"})
    void wordsAndValuesArriveAsTheyAre(String text) throws Exception {
        Path directory = Files.createDirectories(folder.resolve("the work's directory"));
        String output = run(
                3,
                client().run(
                                directory.toString(),
                                List.of("sh", "-c", "pwd; printf '%s|' \"$1\" \"$SECRET_VALUE\"; exit 3", "sh", text)),
                Map.of("SECRET_VALUE", text));
        assertEquals(directory + "\n" + text + "|" + text + "|", output);
        assertEquals("", read("errors"), "srun has nothing of it in its environment");
        assertTrue(read("words").startsWith("--clusters=two\n--jobid=12\n--overlap\n"), () -> read("words"));
        assertEquals(List.of("open"), left());
    }

    private List<String> left() throws Exception {
        List<String> names = new ArrayList<>();
        try (var all = Files.list(commands)) {
            all.forEach(file -> names.add(file.getFileName().toString()));
        }
        return names;
    }

    @Test
    void linksOfAJobLeadNowhere() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "12\n");
        Path control = Files.createDirectories(folder.resolve("durable-1"));
        Files.createSymbolicLink(control.resolve("jenkins-log.txt"), secret);
        Files.createSymbolicLink(control.resolve("jenkins-result.txt"), folder.resolve("created"));
        Files.writeString(commands.resolve("open"), "strange\n");
        String word = "(echo > '" + control + "/jenkins-result.txt') >&- 2>&- &";
        run(255, client().run("/", List.of("sh", "-c", word)), Map.of());
        assertEquals("12\n", read("secret"));
        assertTrue(Files.notExists(folder.resolve("created")));
        assertEquals("255\n", Files.readString(control.resolve("jenkins-result.txt")));

        Files.writeString(commands.resolve("open"), "/tmp/slurm-apptainer.abc/door\n2\n");
        for (String deed :
                List.of("ln -s '" + secret + "' \"$2.code\"", "mkfifo \"$2.code\"", "echo 12345 >\"$2.code\"")) {
            Files.writeString(job.resolve("exec"), deed + "\n");
            run(255, client().run("/", List.of("true")), Map.of());
            assertEquals(List.of("open"), left(), deed);
        }
    }

    @Test
    void whatTheBinaryWrapperStartsIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> client().run("/", List.of("/durable_task_monitor_1", "-controldir=/c", "-daemon", "-debug")));
    }

    @Test
    void onlyDurableTaskGoesIntoTheBackground() {
        assertEquals(
                "foreground",
                client().run("/", List.of("curl", "http://h/?a=1&")).get(6));
        assertEquals(
                "foreground",
                client().run("/", List.of("sh", "-c", "daemon >&- 2>&- &")).get(6));
    }

    @Test
    void filesInTheDirectoryOfTheStepStay() throws Exception {
        Path workspace = Files.createDirectories(folder.resolve("workspace"));
        for (String name : List.of(".code", ".new")) {
            Files.createFile(workspace.resolve(name));
        }
        List<String> words = client().run("/", List.of("true"));
        List<String> there = new ArrayList<>(List.of("sh", "-c", "cd '" + workspace + "' && exec \"$@\"", "sh"));
        there.addAll(words);
        run(0, there, Map.of());
        assertTrue(Files.exists(workspace.resolve(".code")) && Files.exists(workspace.resolve(".new")));
        assertEquals(List.of("open"), left());
    }

    @Test
    void filesOfACommandHaveTheUsualRights() throws Exception {
        String usual = run(0, List.of("sh", "-c", "umask"), Map.of());
        assertEquals(usual, run(0, client().run("/", List.of("sh", "-c", "umask")), Map.of()));
    }

    @Test
    void aDirectoryThatIsNotThereIsSaid() throws Exception {
        run(2, client().run(folder + "/none", List.of("echo", "never")), Map.of());
        assertTrue(read("errors").contains(folder + "/none"), () -> read("errors"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/etc/passwd\n2\n", "/tmp/slurm-apptainer.a/../door\n2\n", "/tmp/slurm-apptainer.a/door\n$(id)\n"
            })
    void whatTheJobSaysAboutItselfIsChecked(String open) throws Exception {
        Files.writeString(commands.resolve("open"), open);
        run(255, client().run("/", List.of("echo", "never")), Map.of());
        assertTrue(read("errors").contains("something strange"), () -> read("errors"));
    }

    /** {@code sh} waits for a result, and nobody else writes one any more. */
    @ParameterizedTest(name = "taken before: {0}")
    @ValueSource(booleans = {true, false})
    void aCommandOfAJobThatIsOverHasAResult(boolean takenBefore) throws Exception {
        // What carries names to the job may outlive the test, and so must not write into its folder.
        Files.writeString(folder.resolve("bin/srun"), "#!/bin/sh\nexit 1\n");
        Path control = Files.createDirectories(folder.resolve("w@tmp/durable-1"));
        Path result = control.resolve("jenkins-result.txt");
        String command = "(cp 'a' 'b'; { sleep 1; } & jsc=durable-1; JENKINS_SERVER_COOKIE=$jsc sh 'b' > '" + control
                + "/jenkins-log.txt' 2>&1; echo $? > '" + result + ".tmp'; mv '" + result + ".tmp' '" + result
                + "'; wait) >&- 2>&- &";
        Process process = start(client().run("/w", List.of("nohup", "sh", "-c", command)), Map.of());
        Path file = Waits.within(Duration.ofMinutes(2)).until(this::command, Objects::nonNull);
        if (!takenBefore) {
            Files.writeString(job.resolve("exit.0"), "");
        }
        Files.delete(file);
        assertEquals(0, process.waitFor(), () -> read("errors"));
        if (takenBefore) {
            assertTrue(Files.notExists(result), "the job goes on");
            Files.writeString(job.resolve("exit.0"), "");
            run(0, client().kill(Map.of("JENKINS_SERVER_COOKIE", "durable-2")), Map.of());
            assertTrue(Files.notExists(result), "it is not meant");
            run(0, client().kill(Map.of("JENKINS_SERVER_COOKIE", "durable-1")), Map.of());
        }
        assertEquals("143\n", Files.readString(result));
        run(0, client().end(), Map.of());
    }

    private Path command() throws IOException {
        try (Stream<Path> files = Files.list(commands)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]+"))
                    .findFirst()
                    .orElse(null);
        }
    }
}
