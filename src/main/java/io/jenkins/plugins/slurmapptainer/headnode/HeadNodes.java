package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.IOException;

/** The head nodes of one cluster. Safe for several threads. */
public interface HeadNodes {
    /**
     * Finds one that is online.
     *
     * @param preferred name of the agent to take if it is online, may be empty
     * @throws IOException when none is online, in words for the console
     */
    Found any(String preferred) throws IOException;

    /**
     * A head node that was found.
     *
     * @param agent name of the agent
     * @param headNode the port to it
     */
    record Found(String agent, HeadNode headNode) {}
}
