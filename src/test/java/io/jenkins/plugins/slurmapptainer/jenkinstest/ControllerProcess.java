package io.jenkins.plugins.slurmapptainer.jenkinstest;

import org.jvnet.hudson.test.junit.jupiter.RealJenkinsExtension;

/** Controllers in processes of their own, which tests end and start again. */
public final class ControllerProcess {
    private ControllerProcess() {}

    /** One that is to be registered as an extension; its tests have 15 minutes, which is what a busy machine may take. */
    public static RealJenkinsExtension create() {
        return new RealJenkinsExtension().withTimeout(900).javaOptions(SHORT_LIVED);
    }

    /** For a Java program that ends before it has run long enough to be worth a better compiler or collector. */
    static final String[] SHORT_LIVED = {"-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"};
}
