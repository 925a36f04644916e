package io.jenkins.plugins.slurmapptainer.headnode;

import java.io.IOException;

/** The head nodes of one cluster. */
public interface HeadNodes {
    /**
     * One that is online.
     *
     * @param preferred name of the agent to take if it serves, may be empty
     * @throws IOException when none is online, in words for the console
     */
    Found any(String preferred) throws IOException;

    /**
     * @param agent name of the agent
     * @param headNode the port to it
     */
    record Found(String agent, HeadNode headNode) {}
}
