package io.jenkins.plugins.slurmapptainer.agent;

import hudson.FilePath;
import hudson.model.Computer;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slurmapptainer.headnode.local.ScriptFile;
import io.jenkins.plugins.slurmapptainer.script.ScriptText;
import java.io.IOException;
import java.time.Duration;

/** Reads scripts from workspaces on any agent. Safe for several threads. */
public final class WorkspaceScript {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private WorkspaceScript() {}

    record Read(String workspace, String file) implements AgentCall<String> {
        @Override
        public String call() throws IOException {
            return ScriptFile.read(workspace, file);
        }

        @Override
        public String checked(String answer) throws IOException {
            if (answer.length() > ScriptText.MAX_BYTES) {
                throw new IOException("the agent answered with a script of " + answer.length() + " characters");
            }
            return answer;
        }
    }

    /**
     * Reads a file as text. Waits for the agent.
     *
     * @param file relative to the workspace
     * @throws io.jenkins.plugins.slurmapptainer.job.InvalidRequestException when the file cannot be a script
     * @throws IOException when the agent does not answer
     */
    public static String read(FilePath workspace, String file) throws IOException, InterruptedException {
        Computer computer = workspace.toComputer();
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        if (channel == null) {
            throw new IOException("the agent with the workspace " + workspace.getRemote() + " is not connected");
        }
        return new AgentConnection(computer.getName(), channel).call(new Read(workspace.getRemote(), file), LIMIT);
    }
}
