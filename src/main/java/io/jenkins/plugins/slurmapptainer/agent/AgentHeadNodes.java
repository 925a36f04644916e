package io.jenkins.plugins.slurmapptainer.agent;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.FilePath;
import hudson.model.Computer;
import hudson.model.Label;
import hudson.model.Node;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.slurmapptainer.headnode.Finding;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodeCheckRequest;
import io.jenkins.plugins.slurmapptainer.headnode.HeadNodes;
import io.jenkins.plugins.slurmapptainer.headnode.SweepAnswer;
import io.jenkins.plugins.slurmapptainer.headnode.SweepRequest;
import io.jenkins.plugins.slurmapptainer.image.ImageFiles;
import io.jenkins.plugins.slurmapptainer.slurm.SlurmAccess;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import jenkins.model.Jenkins;

/**
 * The agents that carry the label of a cluster's head nodes. Safe for several threads; most methods wait for an agent.
 */
public final class AgentHeadNodes implements HeadNodes {
    /** Asked before every call, because a token may be replaced at any time. */
    public interface Access {
        /** @throws IOException when a call cannot be made now, in words for the console */
        SlurmAccess get() throws IOException;
    }

    /** Somebody waits in front of a form for the answer. */
    private static final Duration CHECK_LIMIT = Duration.ofSeconds(20);

    /**
     * Time for listing a large directory on a slow file system and for {@code squeue}, in addition to the request's own
     * limit.
     */
    private static final Duration SWEEP_LIMIT = Duration.ofMinutes(5);

    private final String label;
    private final Access access;

    /**
     * @param label of the agents
     * @param access how Slurm's commands are reached on them
     */
    public AgentHeadNodes(String label, Access access) {
        this.label = label;
        this.access = access;
    }

    @Override
    public Found any(String preferred) throws IOException {
        AgentConnection found = connection(preferred);
        return new Found(found.agent(), new AgentHeadNode(found, access.get()));
    }

    /**
     * The image files as one of these machines that is online sees them.
     *
     * @throws IOException when none is online, in words for the console
     */
    public ImageFiles anyImageFiles() throws IOException {
        return new AgentImageFiles(connection(""));
    }

    /**
     * Finds out in one call whether one of these machines can serve as a head node.
     *
     * @throws IOException when none of them is online, or it does not answer within 20 s
     */
    public List<Finding> check(HeadNodeCheckRequest request) throws IOException, InterruptedException {
        AgentConnection found = connection("");
        long online = nodes().stream().filter(node -> channel(node) != null).count();
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.good("Agent: " + found.agent() + "; " + online + " of " + nodes().size()
                + " with the label '" + label + "' online"));
        findings.addAll(found.call(new HeadNodeCalls.Check(access.get(), request), CHECK_LIMIT));
        return findings;
    }

    /**
     * Removes job directories that have been kept long enough, as many as the request's time allows.
     *
     * @throws IOException when none of these machines is online, or it does not answer
     */
    public SweepAnswer sweep(SweepRequest request) throws IOException, InterruptedException {
        Duration limit = Duration.ofMillis(request.limitMillis()).plus(SWEEP_LIMIT);
        return connection("").call(new HeadNodeCalls.Sweep(access.get(), request), limit);
    }

    private AgentConnection connection(String preferred) throws IOException {
        List<Node> nodes = nodes();
        if (nodes.isEmpty()) {
            throw new IOException("no agent has the label '" + label + "' of the cluster's head nodes");
        }
        nodes.sort((a, b) -> Boolean.compare(
                b.getNodeName().equals(preferred), a.getNodeName().equals(preferred)));
        for (Node node : nodes) {
            VirtualChannel channel = channel(node);
            if (channel != null) {
                return new AgentConnection(node.getNodeName(), channel);
            }
        }
        throw new IOException("no agent with the label '" + label + "' of the cluster's head nodes is online");
    }

    @CheckForNull
    private static VirtualChannel channel(Node node) {
        Computer computer = node.toComputer();
        return computer == null ? null : computer.getChannel();
    }

    /** Whether an agent runs on one of these head nodes. */
    public boolean includes(String agent) {
        return nodes().stream().anyMatch(node -> node.getNodeName().equals(agent));
    }

    /**
     * Whether these head nodes see the workspace of another agent, under the same path and with the same owner.
     *
     * @throws IOException when no head node is online, or the agent is not
     */
    public boolean see(FilePath workspace) throws IOException, InterruptedException {
        Computer computer = workspace.toComputer();
        VirtualChannel channel = computer == null ? null : computer.getChannel();
        if (channel == null) {
            throw new IOException("the agent with the workspace " + workspace.getRemote() + " is not connected");
        }
        return SharedWorkspace.isSeen(
                new AgentConnection(computer.getName(), channel), workspace.getRemote(), connection(""));
    }

    private List<Node> nodes() {
        Label found = Jenkins.get().getLabel(label);
        return found == null ? new ArrayList<>() : new ArrayList<>(found.getNodes());
    }
}
