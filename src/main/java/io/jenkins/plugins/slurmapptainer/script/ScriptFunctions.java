package io.jenkins.plugins.slurmapptainer.script;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The texts of shell functions that batch scripts consist of. */
final class ScriptFunctions {
    /** What every batch script begins with. */
    static final String JOB = resource("job-functions.sh");

    /** What a batch script has in addition if it starts tasks or lets its script do so. */
    static final String LAUNCH = resource("launch-functions.sh");

    /** What it has in addition to {@link #LAUNCH} if its job holds an allocation for a block of steps. */
    static final String ALLOCATION = resource("allocation-functions.sh");

    /** The program of such a job. */
    static final String SERVER = resource("allocation-server.sh");

    /** What brings a command to such a job, on the head node. */
    static final String CLIENT = resource("allocation-client.sh");

    /** What the command that starts one task consists of, besides {@link #ofTasks}. */
    static final String TASK = resource("task-functions.sh");

    /** Functions that the command for one task shares with the batch script. */
    private static final List<String> SHARED = List.of(
            "forward",
            "signal_program",
            "forward_signals",
            "count_oom_kills",
            "copy_output",
            "outlive_signals",
            "say",
            "hear",
            "await_program",
            "require_image",
            "locate",
            "require_below",
            "mount_for_build",
            "check_mounts_inside",
            "require_program");

    private ScriptFunctions() {}

    /**
     * The functions that the command for one task shares with the batch script. They are copied as text, because what bash
     * before 5.2 prints with {@code declare -f} is not always what it has read.
     */
    static String ofTasks() {
        StringBuilder text = new StringBuilder();
        SHARED.forEach(name -> text.append(function(name)));
        return text.toString();
    }

    /** One function, with its name and its braces. */
    private static String function(String name) {
        int begin = JOB.indexOf("\n" + name + "() {\n") + 1;
        int end = JOB.indexOf('\n', JOB.indexOf("\n}", begin) + 1) + 1;
        if (begin == 0) {
            throw new IllegalStateException("there is no function " + name);
        }
        return JOB.substring(begin, end);
    }

    private static String resource(String name) {
        try (InputStream in = ScriptFunctions.class.getResourceAsStream(name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
