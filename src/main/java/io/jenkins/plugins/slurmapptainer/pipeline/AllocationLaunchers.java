package io.jenkins.plugins.slurmapptainer.pipeline;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import hudson.LauncherDecorator;
import hudson.Proc;
import hudson.model.Computer;
import hudson.model.Node;
import io.jenkins.plugins.slurmapptainer.config.SlurmCluster;
import io.jenkins.plugins.slurmapptainer.config.SlurmGlobalConfiguration;
import io.jenkins.plugins.slurmapptainer.script.AllocationClient;
import java.io.IOException;
import java.io.Serializable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lets the steps of a block run their commands in the block's job. Immutable. */
final class AllocationLaunchers extends LauncherDecorator implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final long LIMIT_SECONDS = 60;

    private final AllocationClient client;
    private final String cluster;
    private final String agent;

    /** @param agent the agent on the head node; what runs on others in the block stays there */
    AllocationLaunchers(AllocationClient client, String cluster, String agent) {
        this.client = client;
        this.cluster = cluster;
        this.agent = agent;
    }

    @Override
    public Launcher decorate(Launcher launcher, Node node) {
        return node.getNodeName().equals(agent) ? new InAllocation(launcher) : launcher;
    }

    /** Ends the job, with success. Waits until it has been told. */
    static void end(Launcher launcher, AllocationClient client, String cluster)
            throws IOException, InterruptedException {
        int code = client(launcher, client.end(), cluster)
                .joinWithTimeout(LIMIT_SECONDS, TimeUnit.SECONDS, launcher.getListener());
        if (code != 0) {
            throw new IOException("the client ended with exit code " + code);
        }
    }

    private static Proc client(Launcher launcher, List<String> words, String cluster)
            throws IOException, InterruptedException {
        return launcher.launch()
                .cmds(escaped(words))
                .envs(new CommandVariables(environment(launcher), Map.of()).escapedForClient(commands(cluster)))
                .quiet(true)
                .start();
    }

    private static EnvVars environment(Launcher launcher) throws IOException, InterruptedException {
        Computer computer = launcher.getComputer();
        return computer == null ? new EnvVars() : computer.getEnvironment();
    }

    /** The directory of Slurm's commands on the head node, empty if they are on the PATH. */
    private static String commands(String cluster) {
        SlurmCluster found = SlurmGlobalConfiguration.get().cluster(cluster);
        String directory = found.getCommandDirectory();
        return directory == null ? "" : directory;
    }

    /** Jenkins replaces variables in the words of a command, so that a dollar sign is written twice. */
    private static List<String> escaped(List<String> words) {
        return words.stream().map(word -> word.replace("$", "$$")).toList();
    }

    private final class InAllocation extends Launcher.DecoratedLauncher {
        InAllocation(Launcher inner) {
            super(inner);
        }

        @Override
        public Proc launch(ProcStarter starter) throws IOException {
            List<String> command = starter.cmds();
            FilePath directory = starter.pwd();
            boolean[] masks = starter.masks();
            if (!starter.quiet()) {
                maskedPrintCommandLine(command, masks, directory);
            }
            EnvVars agents = environmentOfAgent();
            // What Jenkins would do on the agent, with the variables that the command would have there.
            EnvVars commands = new EnvVars(agents);
            commands.overrideExpandingAll(given(starter.envs()));
            List<String> expanded = command.stream().map(commands::expand).toList();
            List<String> words;
            try {
                words = client.run(directory == null ? "/" : directory.getRemote(), expanded);
            } catch (IllegalArgumentException e) {
                throw new IOException(e.getMessage(), e);
            }
            starter.cmds(escaped(words));
            if (masks != null) {
                boolean[] all = new boolean[words.size()];
                System.arraycopy(masks, 0, all, words.size() - command.size(), Math.min(masks.length, command.size()));
                starter.masks(all);
            }
            starter.envs(new CommandVariables(agents, commands).escapedForClient(commands(cluster)));
            starter.quiet(true);
            return super.launch(starter);
        }

        private EnvVars environmentOfAgent() throws IOException {
            try {
                return environment(getInner());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException("interrupted", e);
            }
        }

        private static Map<String, String> given(String[] elements) {
            Map<String, String> given = new LinkedHashMap<>();
            for (String element : elements) {
                int equals = element.indexOf('=');
                if (equals > 0) {
                    given.put(element.substring(0, equals), element.substring(equals + 1));
                }
            }
            return given;
        }

        /** Ends processes of the job, and none of this machine. Does not wait for their ends: the build's program waits for this. */
        @Override
        public void kill(Map<String, String> variables) throws IOException, InterruptedException {
            if (!variables.isEmpty()) {
                AllocationLaunchers.client(getInner(), client.kill(variables), cluster);
            }
        }
    }
}
