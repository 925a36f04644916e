package io.jenkins.plugins.slurmapptainer.demo;

import groovy.lang.Binding;
import groovy.lang.GroovyShell;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.codehaus.groovy.control.CompilerConfiguration;

/**
 * Runs a scripted Jenkinsfile without Jenkins: its {@code slurmApptainer} steps are bound and carried out by the plugin's
 * own classes on the cluster of this machine, the few steps around them are re-created in {@link DemoScript}.
 *
 * <p>Arguments: the Jenkinsfile and the workspace. Ends with the exit code of the job that failed the build, with 1 if
 * something else did, with 0 otherwise.
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
        console.println("Finished: " + (status == 0 ? "SUCCESS" : "FAILURE"));
        System.exit(status);
    }

    static int run(File jenkinsfile, DemoCluster cluster, PrintStream console) throws IOException {
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(DemoScript.class.getName());
        configuration.setSourceEncoding("UTF-8");
        DemoScript script = (DemoScript)
                new GroovyShell(Demo.class.getClassLoader(), new Binding(), configuration).parse(jenkinsfile);
        script.prepare(cluster, console);
        try {
            script.run();
            return 0;
        } catch (Exception e) {
            console.println("ERROR: " + e.getMessage());
            // Groovy throws checked exceptions undeclared.
            int code = e instanceof JobFailure ? ((JobFailure) e).exitCode() : 1;
            return code > 0 ? code : 1;
        }
    }
}
