package io.jenkins.plugins.slurmapptainer.demo;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import hudson.AbortException;
import io.jenkins.plugins.slurmapptainer.execution.SlurmJobException;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilerConfiguration;

/**
 * Runs a scripted Jenkinsfile without Jenkins: its {@code slurmApptainer} steps are bound and carried out by the plugin's
 * own classes on the cluster of this machine, the steps around them are re-created in {@link DemoSteps}.
 *
 * <p>Arguments: the Jenkinsfile and the workspace. Ends with the exit code of the job that failed the build, with 1 if
 * something else did or the build is unstable, with 0 otherwise.
 */
public final class Demo {
    private Demo() {}

    public static void main(String[] args) throws IOException {
        if (args.length != 2) {
            System.err.println("usage: Demo <Jenkinsfile> <workspace>");
            System.exit(2);
        }
        PrintStream console = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        int status;
        try (DemoCluster cluster = new DemoCluster(Path.of(args[1]), console)) {
            status = run(new File(args[0]), cluster, console);
        }
        System.exit(status);
    }

    static int run(File jenkinsfile, DemoCluster cluster, PrintStream console) throws IOException {
        DemoBuild build = new DemoBuild();
        int status = 0;
        try {
            Strand.run(new ReentrantLock(true), new Scope(null, Map.of(), console), () -> {
                DemoScript script = parse(jenkinsfile);
                DemoEnvironment environment = new DemoEnvironment(variables());
                script.prepare(new DemoSteps(cluster, build, environment), build, environment);
                return script.run();
            });
        } catch (Exception | AssertionError | StackOverflowError e) {
            status = Math.max(1, told(e, build, console));
        }
        console.println("Finished: " + build.getCurrentResult());
        return status == 0 && !build.getCurrentResult().equals("SUCCESS") ? 1 : status;
    }

    private static DemoScript parse(File jenkinsfile) throws IOException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(DemoScript.class.getName());
        configuration.setSourceEncoding("UTF-8");
        return (DemoScript)
                new GroovyShell(Demo.class.getClassLoader(), new Binding(), configuration).parse(jenkinsfile);
    }

    private static Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>(System.getenv());
        variables.putAll(Map.of(
                "BUILD_NUMBER", "1", "BUILD_ID", "1", "BUILD_TAG", "jenkins-demo-1", "JOB_NAME", "demo", "CI", "true"));
        return variables;
    }

    /** @return the exit code of the job that has failed, or 1 */
    private static int told(Throwable failure, DemoBuild build, PrintStream console) {
        boolean interrupted = FlowSteps.isInterruption(failure);
        build.setResult(interrupted ? "ABORTED" : "FAILURE");
        if (!interrupted) {
            boolean plain = failure instanceof AbortException || failure instanceof CompilationFailedException;
            console.println("ERROR: " + (plain ? failure.getMessage() : failure.toString()));
        }
        return failure instanceof SlurmJobException job ? job.getJob().getExitCode() : 1;
    }
}
