package io.jenkins.plugins.slurmapptainer.headnode.local;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.jenkins.plugins.slurmapptainer.headnode.CollectAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.CollectRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodeCheckRequest;
import io.jenkins.plugins.slurmapptainer.headnode.OutputBounds;
import io.jenkins.plugins.slurmapptainer.headnode.OutputFence;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import io.jenkins.plugins.slurmapptainer.job.JobToken;
import io.jenkins.plugins.slurmapptainer.script.JobDirectory;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An agent that was started without a locale, as over SSH: a Java of its own, which knows ASCII names only. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class AsciiLocaleTest {
    @TempDir
    private Path folder;

    private static List<String> inAscii(Class<?> program, InputStream in, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("LC_") || name.equals("LANG"));
        builder.environment().put("LC_ALL", "POSIX");
        Process process = builder.start();
        try (var out = process.getOutputStream()) {
            in.transferTo(out);
        }
        String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), text);
        return text.lines().toList();
    }

    /** Collects outputs, with directories as arguments. */
    static final class Collect {
        private Collect() {}

        public static void main(String[] arguments) throws Exception {
            JobDirectory job = new JobDirectory(arguments[0] + "/shared/c1", JobToken.random());
            CollectAnswer answer = new OutputFiles(new CollectRequest(
                            job,
                            CollectRequest.Afterwards.USE,
                            new ArrayList<>(FilePattern.parseOutputs("**")),
                            arguments[0] + "/work",
                            arguments[0] + "/workspace",
                            new OutputFence(job, "", new ArrayList<>(List.of(arguments[0]))),
                            OutputBounds.NONE,
                            false,
                            ""))
                    .copy();
            print("files " + answer.files());
            answer.problems().forEach(AsciiLocaleTest::print);
        }
    }

    /** Receives files from its standard input. */
    static final class Receive {
        private Receive() {}

        public static void main(String[] arguments) throws Exception {
            ReceiveAnswer answer = FileArchive.read(new ReceiveRequest(arguments[0], false, 2, 2), System.in);
            print("files " + answer.files());
            answer.problems().forEach(AsciiLocaleTest::print);
        }
    }

    /** What Test connection says. */
    static final class Check {
        private Check() {}

        public static void main(String[] arguments) throws Exception {
            HeadNodeCheckRequest request = new HeadNodeCheckRequest(
                    arguments[0], new ArrayList<>(), "apptainer", new ArrayList<>(), new ArrayList<>());
            HeadNodeCheck.run(SlurmAccess.ON_PATH, request)
                    .forEach(finding -> print(finding.kind() + " " + finding.text()));
        }
    }

    private static void print(String line) {
        System.out.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aNameThatCannotBeWrittenIsAProblemOfTheFile() throws Exception {
        Path work = Files.createDirectory(folder.resolve("work"));
        Files.writeString(work.resolve("gr\u00fcn.txt"), "x");
        Files.writeString(work.resolve("result.txt"), "new");
        assertEquals(
                List.of(
                        "files [result.txt]",
                        "'gr\u00fcn.txt' has a name that this Java cannot write in its locale (sun.jnu.encoding is"
                                + " ANSI_X3.4-1968); start the agent with LC_ALL=C.UTF-8"),
                inAscii(Collect.class, InputStream.nullInputStream(), folder.toString()));
        assertEquals("new", Files.readString(folder.resolve("workspace/result.txt")));
    }

    @Test
    void theReceivingMachineReportsTheNameToo() throws Exception {
        Files.writeString(folder.resolve("gr\u00fcn.txt"), "x");
        Files.writeString(folder.resolve("result.txt"), "y");
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        List<String> names = List.of("gr\u00fcn.txt", "result.txt");
        FileArchive.write(SendRequest.ofWorkspace(folder.toString(), new ArrayList<>(names), 0), archive);
        List<String> told = inAscii(
                Receive.class,
                new java.io.ByteArrayInputStream(archive.toByteArray()),
                folder.resolve("target").toString());
        assertEquals("files [result.txt]", told.get(0));
        assertEquals(2, told.size(), told.toString());
        assertTrue(told.get(1).startsWith("'gr\u00fcn.txt' cannot be a file name in the locale"), told.get(1));
        assertTrue(told.get(1).endsWith("start the agent with LC_ALL=C.UTF-8"), told.get(1));
    }

    @Test
    void theConnectionTestReportsTheLocale() throws Exception {
        List<String> told = inAscii(Check.class, InputStream.nullInputStream(), folder.toString());
        assertTrue(
                told.stream()
                        .anyMatch(line -> line.startsWith("DOUBTFUL File names: Java on this head node cannot write")
                                && line.contains("start the agent with LC_ALL=C.UTF-8")),
                told.toString());
    }
}
