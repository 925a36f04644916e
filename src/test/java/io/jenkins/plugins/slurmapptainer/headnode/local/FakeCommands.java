package io.jenkins.plugins.slurmapptainer.headnode.local;

import io.jenkins.plugins.slurmapptainer.slurm.CommandResult;
import io.jenkins.plugins.slurmapptainer.slurm.CommandRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Slurm's commands as a test wants them to answer. */
final class FakeCommands implements CommandRunner {
    /** What a command does. */
    interface Command {
        CommandResult run(List<String> argv) throws IOException;
    }

    final List<String> calls = new ArrayList<>();
    Command sbatch = argv -> ok("12\n");
    Command squeue = argv -> ok("");
    Command scancel = argv -> ok("");
    Command sacct = argv -> ok("");
    Command getent = argv -> fails("");

    static CommandResult ok(String stdout) {
        return new CommandResult(0, stdout, "");
    }

    static CommandResult fails(String stderr) {
        return new CommandResult(1, "", stderr);
    }

    static CommandResult timedOut() {
        return new CommandResult(CommandResult.TIMED_OUT, "", "");
    }

    /** A row of squeue. */
    static String row(String id, String state, String comment) {
        return String.join("\u001f", id, state, "", "N/A", "0:00", "None", comment) + "\n";
    }

    long count(String command) {
        return calls.stream().filter(command::equals).count();
    }

    @Override
    public CommandResult run(List<String> argv, Duration limit) throws IOException {
        if (argv.get(0).equals("env")) {
            return run(argv.subList(2, argv.size()), limit);
        }
        calls.add(argv.get(0));
        switch (argv.get(0)) {
            case "sbatch":
                return sbatch.run(argv);
            case "squeue":
                return squeue.run(argv);
            case "scancel":
                return scancel.run(argv);
            case "sacct":
                return sacct.run(argv);
            case "getent":
                return getent.run(argv);
            default:
                throw new AssertionError("unexpected command " + argv);
        }
    }
}
