package io.jenkins.plugins.slurmapptainer.agent;

import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slurmapptainer.headnode.ArchiveSource;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.ReceiveRequest;
import io.jenkins.plugins.slurmapptainer.headnode.RemoteWorkspace;
import io.jenkins.plugins.slurmapptainer.headnode.Selection;
import io.jenkins.plugins.slurmapptainer.headnode.SendRequest;
import io.jenkins.plugins.slurmapptainer.job.FilePattern;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;

/** A workspace on any agent. */
public final class AgentWorkspace implements RemoteWorkspace {
    private static final Duration SELECTION = Duration.ofMinutes(10);

    private final AgentConnection agent;
    private final String path;

    /**
     * @param agent its name
     * @param channel to it
     * @param path of the workspace, absolute
     */
    public AgentWorkspace(String agent, VirtualChannel channel, String path) {
        this.agent = new AgentConnection(agent, channel);
        this.path = path;
    }

    @Override
    public Selection select(ArrayList<FilePattern> patterns, String directory)
            throws IOException, InterruptedException {
        return agent.call(new ArchiveCalls.Select(path, patterns, directory), SELECTION);
    }

    @Override
    public ArrayList<String> send(ArrayList<String> names, long bytes, OutputStream to)
            throws IOException, InterruptedException {
        return new ArchivePipes(agent).send(SendRequest.ofWorkspace(path, names, bytes), to);
    }

    @Override
    public ReceiveAnswer receive(int files, long bytes, ArchiveSource source) throws IOException, InterruptedException {
        return new ArchivePipes(agent).receive(new ReceiveRequest(path, false, files, bytes), source);
    }
}
