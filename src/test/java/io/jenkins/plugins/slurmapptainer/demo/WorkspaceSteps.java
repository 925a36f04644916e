package io.jenkins.plugins.slurmapptainer.demo;

import hudson.AbortException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The steps that say where something runs, and the ones that read and write files there. */
final class WorkspaceSteps {
    private final Path workspace;

    private final DemoEnvironment environment;

    WorkspaceSteps(Path workspace, DemoEnvironment environment) {
        this.workspace = workspace;
        this.environment = environment;
    }

    Object node(StepCall call) throws Exception {
        String label = call.having("label").text("label", "");
        Scope scope = scope();
        scope.console().println("Running in " + workspace + (label.isEmpty() ? "" : ", in place of an agent " + label));
        Scope inner = scope.at(workspace).with(Map.of("WORKSPACE", workspace.toString()));
        return Strand.current().in(inner, call::inside);
    }

    Object dir(StepCall call) throws Exception {
        Path directory = place(call, call.having("path").text("path"));
        scope().console().println("Running in " + directory);
        return Strand.current().in(scope().at(directory), call::inside);
    }

    Object withEnv(StepCall call) throws Exception {
        Map<String, String> more = new LinkedHashMap<>();
        for (Object override : call.having("overrides").list("overrides")) {
            String text = String.valueOf(override);
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw new AbortException("withEnv: '" + text + "' is not of the form NAME=value");
            }
            set(more, text.substring(0, equals), text.substring(equals + 1));
        }
        return Strand.current().in(scope().with(more), call::inside);
    }

    /** {@code PATH+TOOL=/opt/tool/bin} puts the value before what there is. */
    private void set(Map<String, String> variables, String name, String value) {
        int plus = name.indexOf('+');
        if (plus < 0) {
            variables.put(name, value);
            return;
        }
        String own = name.substring(0, plus);
        String before = variables.getOrDefault(own, environment.getEnvironment().get(own));
        variables.put(own, before == null || before.isEmpty() ? value : value + ":" + before);
    }

    Object pwd(StepCall call) throws AbortException {
        call.having();
        return place(call, "").toString();
    }

    Object readFile(StepCall call) throws IOException {
        Path file = place(call, call.having("file", "encoding").text("file"));
        return Files.readString(file, charset(call));
    }

    Object writeFile(StepCall call) throws IOException {
        Path file = place(call, call.having("file", "text", "encoding").text("file"));
        Files.createDirectories(file.getParent());
        Files.writeString(file, call.text("text"), charset(call));
        return null;
    }

    Object fileExists(StepCall call) throws AbortException {
        return Files.exists(place(call, call.having("file").text("file")));
    }

    /** Relative to the current directory. */
    private static Path place(StepCall call, String path) throws AbortException {
        Path directory = scope().directory();
        if (directory == null) {
            throw new AbortException(call.name() + ": there is no workspace here; put the step into node { … }");
        }
        return directory.resolve(path).normalize();
    }

    private static Charset charset(StepCall call) throws AbortException {
        String name = call.text("encoding", "UTF-8");
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new AbortException(call.name() + ": encoding: there is no character set '" + name + "'");
        }
    }

    private static Scope scope() {
        return Strand.current().scope();
    }
}
