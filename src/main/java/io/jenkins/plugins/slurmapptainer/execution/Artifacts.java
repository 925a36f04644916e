package io.jenkins.plugins.slurmapptainer.execution;

import hudson.FilePath;
import hudson.model.Run;
import hudson.model.TaskListener;
import java.io.IOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import jenkins.util.BuildListenerAdapter;

/**
 * Keeps files of a workspace with the build, in this Jenkins' artifact storage. Waits for the agent; safe for several
 * threads.
 */
public final class Artifacts {
    private Artifacts() {}

    /**
     * Archives files under their own names.
     *
     * @param files relative to the workspace
     * @throws IOException when a file cannot be archived
     */
    public static void archive(Run<?, ?> run, FilePath workspace, TaskListener listener, Collection<String> files)
            throws IOException, InterruptedException {
        if (files.isEmpty()) {
            return;
        }
        Map<String, String> artifacts = new LinkedHashMap<>();
        files.forEach(file -> artifacts.put(file, file));
        run.pickArtifactManager()
                .archive(workspace, workspace.createLauncher(listener), BuildListenerAdapter.wrap(listener), artifacts);
    }
}
