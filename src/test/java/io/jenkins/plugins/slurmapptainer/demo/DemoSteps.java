package io.jenkins.plugins.slurmapptainer.demo;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.AbortException;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import io.jenkins.plugins.slurmapptainer.pipeline.SlurmInfrastructureCondition;
import java.util.Set;
import java.util.TreeMap;
import org.jenkinsci.plugins.workflow.flow.ErrorCondition;
import org.jenkinsci.plugins.workflow.steps.StepContext;

/** The steps that a script finds, by name. */
final class DemoSteps {
    /** @param only the parameter that needs no name, {@code null} for none */
    private record Entry(@CheckForNull String only, StepCall.Action action) {}

    /** What cannot happen where there is no agent and no restart. */
    private static final class Never extends ErrorCondition {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean test(Throwable error, StepContext context) {
            return false;
        }
    }

    private final TreeMap<String, Entry> steps = new TreeMap<>();

    DemoSteps(DemoCluster cluster, DemoBuild build, DemoEnvironment environment) {
        FlowSteps flow = new FlowSteps(cluster.timers(), build);
        WorkspaceSteps workspace = new WorkspaceSteps(cluster.workspace(), environment);
        add("slurmApptainer", "script", call -> slurmApptainer(cluster, call, environment));
        add("echo", "message", call -> {
            Strand.current().scope().console().println(call.having("message").text("message", "null"));
            return null;
        });
        add("stage", "name", flow::stage);
        add("error", "message", flow::error);
        add("sleep", "time", flow::sleep);
        add("timeout", "time", flow::timeout);
        add("retry", "count", flow::retry);
        add("parallel", null, flow::parallel);
        add("unstable", "message", flow::unstable);
        add("catchError", null, flow::catchError);
        add("warnError", "message", flow::warnError);
        add("node", "label", workspace::node);
        add("dir", "path", workspace::dir);
        add("withEnv", "overrides", workspace::withEnv);
        add("pwd", null, workspace::pwd);
        add("readFile", "file", workspace::readFile);
        add("writeFile", null, workspace::writeFile);
        add("fileExists", "file", workspace::fileExists);
        add("isUnix", null, call -> true);
        add("slurmInfrastructure", null, call -> new SlurmInfrastructureCondition());
        add("agent", null, call -> new Never());
        add("nonresumable", null, call -> new Never());
    }

    private void add(String name, @CheckForNull String only, StepCall.Action action) {
        steps.put(name, new Entry(only, action));
    }

    Set<String> names() {
        return steps.keySet();
    }

    boolean has(String name) {
        return steps.containsKey(name);
    }

    Object run(String name, Object... passed) throws Exception {
        Entry step = steps.get(name);
        StepCall call = StepCall.of(name, step.only(), passed);
        Strand.current().scope().console().println("[Pipeline] " + name);
        return step.action().run(call);
    }

    private static Object slurmApptainer(DemoCluster cluster, StepCall call, DemoEnvironment environment)
            throws Exception {
        try {
            return cluster.run(
                    StepBinding.bind(call.arguments()).options(), Strand.current(), environment.getEnvironment());
        } catch (InvalidRequestException e) {
            throw new AbortException(e.getMessage());
        }
    }
}
