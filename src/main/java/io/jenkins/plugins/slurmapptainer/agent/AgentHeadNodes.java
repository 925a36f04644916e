package io.jenkins.plugins.slurmapptainer.agent;

import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slurmapptainer.engine.HeadNodes;
import io.jenkins.plugins.slurmapptainer.image.ImageHost;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/** The agents that carry the label of a cluster's head nodes. */
public final class AgentHeadNodes implements HeadNodes {
    private final String label;
    private final SlurmAccess access;

    /**
     * @param label of the agents
     * @param access how Slurm's commands are reached on them
     */
    public AgentHeadNodes(String label, SlurmAccess access) {
        this.label = label;
        this.access = access;
    }

    @Override
    public Found any(String preferred) throws IOException {
        AgentConnection found = connection(preferred);
        return new Found(found.agent(), new AgentHeadNode(found, access));
    }

    /**
     * One that is online, for work on image files.
     *
     * @throws IOException when none is online, in words for the console
     */
    public ImageHost anyImageHost() throws IOException {
        return new AgentImageHost(connection(""));
    }

    private AgentConnection connection(String preferred) throws IOException {
        List<Node> nodes = nodes();
        if (nodes.isEmpty()) {
            throw new IOException("no agent has the label '" + label + "' of the cluster's head nodes");
        }
        nodes.sort((a, b) -> Boolean.compare(
                b.getNodeName().equals(preferred), a.getNodeName().equals(preferred)));
        for (Node node : nodes) {
            Computer computer = node.toComputer();
            VirtualChannel channel = computer == null ? null : computer.getChannel();
            if (channel != null) {
                return new AgentConnection(node.getNodeName(), channel);
            }
        }
        throw new IOException("no agent with the label '" + label + "' of the cluster's head nodes is online");
    }

    /** Whether an agent runs on one of these head nodes. */
    public boolean includes(String agent) {
        return nodes().stream().anyMatch(node -> node.getNodeName().equals(agent));
    }

    private List<Node> nodes() {
        Label found = Jenkins.get().getLabel(label);
        return found == null ? new ArrayList<>() : new ArrayList<>(found.getNodes());
    }
}
