package io.jenkins.plugins.slurmapptainer.demo;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What holds for a part of a script: blocks such as {@code node} and {@code withEnv} change it for their body.
 *
 * @param directory the current directory of the workspace, {@code null} outside of {@code node}
 * @param variables what blocks have set in the environment
 * @param console where it prints
 */
record Scope(@CheckForNull Path directory, Map<String, String> variables, PrintStream console) {
    Scope {
        variables = Map.copyOf(variables);
    }

    Scope with(Map<String, String> more) {
        Map<String, String> all = new LinkedHashMap<>(variables);
        all.putAll(more);
        return new Scope(directory, all, console);
    }

    Scope at(Path other) {
        return new Scope(other, variables, console);
    }

    Scope printingTo(PrintStream other) {
        return new Scope(directory, variables, other);
    }
}
