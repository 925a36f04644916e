package io.jenkins.plugins.slurmapptainer.demo;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.Script;
import hudson.AbortException;
import io.jenkins.plugins.slurmapptainer.job.InvalidRequestException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a scripted Jenkinsfile finds around {@code slurmApptainer} when there is no Jenkins. */
public abstract class DemoScript extends Script {
    private static final String STEPS =
            "slurmApptainer, node, stage, echo, error, sleep, retry, readFile, writeFile, fileExists, pwd";

    private DemoCluster cluster;
    private PrintStream console;

    void prepare(DemoCluster target, PrintStream out) {
        cluster = target;
        console = out;
        getBinding().setVariable("env", System.getenv());
        getBinding().setVariable("params", Collections.emptyMap());
    }

    public Object slurmApptainer(Map<String, ?> arguments) throws Exception {
        console.println("[Pipeline] slurmApptainer");
        try {
            return cluster.run(StepBinding.bind(arguments).options());
        } catch (InvalidRequestException e) {
            throw new JobFailure(e.getMessage(), 1);
        }
    }

    public Object slurmApptainer(CharSequence script) throws Exception {
        Map<String, Object> arguments = new LinkedHashMap<>();
        arguments.put("script", script);
        return slurmApptainer(arguments);
    }

    public Object node(Closure<?> body) {
        return node("", body);
    }

    public Object node(CharSequence label, Closure<?> body) {
        console.println("[Pipeline] node" + (label.length() == 0 ? "" : " (" + label + ")"));
        console.println("Running in " + cluster.workspace());
        return body.call();
    }

    public Object stage(CharSequence name, Closure<?> body) {
        console.println("[Pipeline] stage (" + name + ")");
        return body.call();
    }

    public void echo(Object message) {
        console.println("[Pipeline] echo");
        console.println(message);
    }

    public void error(CharSequence message) throws AbortException {
        throw new JobFailure(message.toString(), 1);
    }

    public void sleep(int seconds) throws InterruptedException {
        Thread.sleep(seconds * 1000L);
    }

    public Object retry(int times, Closure<?> body) {
        for (int left = times; ; left--) {
            try {
                return body.call();
            } catch (RuntimeException e) {
                if (left <= 1) {
                    throw e;
                }
                console.println("ERROR: " + e.getMessage());
                console.println("Retrying");
            }
        }
    }

    public String readFile(CharSequence name) throws IOException {
        return Files.readString(cluster.workspace().resolve(name.toString()));
    }

    public void writeFile(Map<String, ?> arguments) throws IOException {
        Files.writeString(
                cluster.workspace().resolve(arguments.get("file").toString()),
                arguments.get("text").toString());
    }

    public boolean fileExists(CharSequence name) {
        return Files.exists(cluster.workspace().resolve(name.toString()));
    }

    public String pwd() {
        return cluster.workspace().toString();
    }

    @Override
    public Object invokeMethod(String name, Object args) {
        try {
            return super.invokeMethod(name, args);
        } catch (MissingMethodException e) {
            if (!name.equals(e.getMethod())) {
                throw e;
            }
            throw new IllegalArgumentException(
                    "No such step '" + name + "', or not with these arguments. Without Jenkins there are " + STEPS
                            + "; run this Jenkinsfile in Jenkins for the others.",
                    e);
        }
    }
}
