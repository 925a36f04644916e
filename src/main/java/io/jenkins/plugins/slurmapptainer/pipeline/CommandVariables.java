package io.jenkins.plugins.slurmapptainer.pipeline;

import io.jenkins.plugins.slurmapptainer.script.AllocationClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The variables of a command that runs in a job: those that the build has set. Those of the agent's machine mean nothing there. Immutable.
 */
final class CommandVariables {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** Shells do not let anybody set these, or not to every value. */
    private static final Set<String> FIXED =
            Set.of("UID", "EUID", "PPID", "SHELLOPTS", "BASHOPTS", "BASH_VERSINFO", "OPTIND");

    private static final String PATH = "PATH";

    private final Map<String, String> agent;
    private final Map<String, String> values = new TreeMap<>();
    private final String path;

    /**
     * @param agent the variables of the agent's process
     * @param command the variables that the command would have on the agent
     */
    CommandVariables(Map<String, String> agent, Map<String, String> command) {
        this.agent = agent;
        this.path = added(command.getOrDefault(PATH, ""), agent.getOrDefault(PATH, ""));
        command.forEach((name, value) -> {
            if (!name.equals(PATH)
                    && NAME.matcher(name).matches()
                    && !FIXED.contains(name)
                    && !value.equals(agent.get(name))) {
                values.put(name, value);
            }
        });
    }

    /** What a build has added to the agent's own path, before or behind it. A path that has nothing of it counts as a whole. */
    private static String added(String path, String agents) {
        return (":" + path + ":").replace(":" + agents + ":", ":").replaceAll("^:+|:+$", "");
    }

    /**
     * The variables for the client on the head node. Those of the command have other names there, so that they do not change what the client
     * itself runs.
     *
     * @param commands the directory of Slurm's commands, empty for none
     */
    Map<String, String> forClient(String commands) {
        Map<String, String> all = new TreeMap<>();
        values.forEach((name, value) -> all.put(AllocationClient.VALUE + name, value));
        all.put(AllocationClient.NAMES, String.join(" ", values.keySet()));
        all.put(AllocationClient.PATH, path);
        if (!commands.isEmpty()) {
            all.put(PATH, commands + ":" + agent.getOrDefault(PATH, ""));
        }
        return all;
    }

    /** The same as Jenkins takes it: as {@code NAME=value}, with dollar signs written twice, because it replaces variables in values. */
    String[] escapedForClient(String commands) {
        List<String> all = new ArrayList<>();
        forClient(commands).forEach((name, value) -> all.add(name + "=" + value.replace("$", "$$")));
        return all.toArray(String[]::new);
    }
}
